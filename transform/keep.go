package transform

var keepInfo = Info{
	Name:      "keep",
	Doc:       "The value as it stood, for what a policy allows.",
	Preserves: "everything",
	Attacks:   "none needed: the value is there",
}

type keep struct{}

func newKeep(*arguments, Target, *Keys) (Transform, error) { return keep{}, nil }

func (keep) Append(dst []byte, v Value) ([]byte, error) { return append(dst, v.Text...), nil }

func (k keep) Clone() Transform { return k }
