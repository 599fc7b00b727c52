package detect

import "testing"

// An address ends where the next line of a log begins.
func TestAddressEndsWithItsLine(t *testing.T) {
	testValues(t, []valueTest{
		{"date after a full stop", "lives at «7676 Second Avenue, Riverside, CA 92501».\n2024-03-21 09:44:11 INFO"},
		{"date", "lives at «7676 Second Avenue, Riverside, CA 92501»\n2024-03-21 09:44:11 INFO"},
		{"year", "lives at «7676 Second Avenue, Riverside»\n2024 GET /index 200"},
		{"code on the next line", "«12 Main Street\n10001» Springfield\n"},
	}, Address)
}
