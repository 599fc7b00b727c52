package transform

var redactInfo = Info{
	Name: "redact",
	Doc:  "The kind's label in brackets, the same for every value: [EMAIL].",
	Params: []Param{
		{Name: "label", Main: true, Doc: "word to show in place of the kind's label"},
	},
	Preserves: "that a value of this kind stood there",
	Attacks:   "none on the value; the number of values and their places remain",
}

// redact is also what a caller does when another transform fails.
type redact struct {
	text []byte
}

func newRedact(a *arguments, target Target, _ *Keys) (Transform, error) {
	label := a.text("label")
	if label == "" {
		label = target.Label
	}
	if label == "" {
		label = "REDACTED"
	}
	for _, c := range []byte(label) {
		if c <= ' ' || c == 0x7f || c == '[' || c == ']' {
			a.fail("label", "printable characters without spaces and brackets")
		}
	}
	return &redact{text: []byte("[" + label + "]")}, nil
}

func (r *redact) Append(dst []byte, _ Value) ([]byte, error) {
	return append(dst, r.text...), nil
}

// Clone gives r itself: it is only read.
func (r *redact) Clone() Transform { return r }

func (r *redact) byText() bool { return true }
