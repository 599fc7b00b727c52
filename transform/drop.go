package transform

var dropInfo = Info{
	Name: "drop",
	Doc:  "Nothing: the value goes, and with the parameter record the record that holds it.",
	Params: []Param{
		{Name: "record", Default: "false", Flag: true, Doc: "drop the whole record"},
	},
	Preserves: "nothing",
	Attacks:   "none on the value; a gap in a sequence of records may show that one was there",
}

// drop drops the value. Dropping the record is the caller's work, who reads
// [Spec.DropsRecord].
type drop struct{}

func newDrop(a *arguments, _ Target, _ *Keys) (Transform, error) {
	a.flag("record")
	return drop{}, nil
}

func (drop) Append(dst []byte, _ Value) ([]byte, error) { return dst, nil }

func (d drop) Clone() Transform { return d }
