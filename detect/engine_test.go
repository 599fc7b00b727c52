package detect

import "testing"

// spans scans text with every kind on and returns "kind:value" of each match.
func spans(t *testing.T, opts Options, text string) []string {
	t.Helper()
	e, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range e.NewScanner().Scan([]byte(text)) {
		out = append(out, m.Kind.String()+":"+text[m.Start:m.End])
	}
	return out
}

func TestScanFindsInEveryChunk(t *testing.T) {
	b := make([]byte, 40000)
	for i := range b {
		b[i] = ' '
	}
	const mail = "a@example.com"
	for _, at := range []int{0, 44, 60, 120, 8185, 8200, 16383, 39987} {
		copy(b[at:], mail)
	}
	if got := spans(t, Options{Kinds: []Kind{Email}}, string(b)); len(got) != 8 {
		t.Errorf("found %d of 8: %q", len(got), got)
	}
}
