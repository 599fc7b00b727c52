package detect

import (
	"slices"
	"testing"
)

func TestCreditCard(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{CreditCard}}, []textCase{
		{"visa", "4111111111111111", []string{"credit_card:4111111111111111"}},
		{"mastercard 2-series", "paid 2223003122003222", []string{"credit_card:2223003122003222"}},
		{"amex grouped", "3782 822463 10005", []string{"credit_card:3782 822463 10005"}},
		{"diners", "on 30569309025904", []string{"credit_card:30569309025904"}},
		{"dashes", "6011-1111-1111-1117.", []string{"credit_card:6011-1111-1111-1117"}},
		{"jcb", "3530111333300000", []string{"credit_card:3530111333300000"}},
		{"in a row", "4012888888881881 4012-8888-8888-1881", []string{"credit_card:4012888888881881", "credit_card:4012-8888-8888-1881"}},
		{"expiry after it", "4111 1111 1111 1111 12/27", []string{"credit_card:4111 1111 1111 1111"}},
		{"thirteen digits with a word", "card 4222222222222", []string{"credit_card:4222222222222"}},
		{"thirteen digits without", "seen 4222222222222 here", nil},
		{"mixed dividers", "4111-1111 1111-1111", nil},
		{"other groups", "411 1111 1111 11111", nil},
		{"id", `{"id":"4111111111111111"}`, nil},
		{"level two words before", "ERROR [billing] charged 4111111111111111", []string{"credit_card:4111111111111111"}},
		{"word just before", "error 4111111111111111", nil},
		{"decimal", "0.4111111111111111", nil},
		{"path", "/4111111111111111/x", []string{"credit_card:4111111111111111"}},
		{"hex", "a4111111111111111", nil},
	})
	for text, want := range map[string][]string{
		"4111 1111 1111 1112": {"4111 1111 1111 1112"}, "411111******1111": nil, "n/a": nil, "1234": nil,
	} {
		if got := fieldSpans(t, CreditCard, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
	if got := string(AppendCanonical(nil, CreditCard, []byte("4111-1111 1111 1111"))); got != "4111111111111111" {
		t.Errorf("canonical: %q", got)
	}
}
