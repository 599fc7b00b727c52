package detect

import "testing"

func TestUUID(t *testing.T) {
	testConformance(t, UUID, "550e8400-e29b-41d4-a716-446655440000", "00000000-0000-0000-0000-000000000000", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6")
	testValues(t, []valueTest{
		{"braces", "{«550e8400-e29b-41d4-a716-446655440000»}"},
		{"urn", "urn:uuid:«550e8400-e29b-41d4-a716-446655440000»"},
		{"joined with underscores", "req_«550e8400-e29b-41d4-a716-446655440000»_2"},
		{"joined with dashes", "pod-«550e8400-e29b-41d4-a716-446655440000»-x"},
		{"percent-encoded braces", "%7B«550e8400-e29b-41d4-a716-446655440000»%7D"},
		{"path", "/v1/«550e8400-e29b-41d4-a716-446655440000»/x.js"},
		{"longer groups", "0550e8400-e29b-41d4-a716-446655440000 550e8400-e29b-41d4-a716-4466554400001"},
		{"shorter groups", "550e840-e29b-41d4-a716-446655440000 550e8400-e29-41d4-a716-446655440000"},
		{"not hex", "550e8400-e29b-41g4-a716-446655440000"},
		{"bare digits", "550e8400e29b41d4a716446655440000"},
		{"over a line end", "550e8400-e29b-41d4-\na716-446655440000"},
	}, UUID)
}

func TestUUIDNamed(t *testing.T) {
	testNamed(t, UUID, []valueTest{
		{"bare", "«550e8400e29b41d4a716446655440000»"},
		{"dashes", "«550e8400-e29b-41d4-a716-446655440000»"},
		{"none", "null"},
		{"longer hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
	})
}

func TestUUIDCanonical(t *testing.T) {
	testCanonical(t, UUID, [][2]string{
		{"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
		{"f81d4fae7dec11d0a76500a0c91e6bf6", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
	})
}
