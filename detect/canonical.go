package detect

// How a kind's values are judged by name, and spelled one way: the functions of
// the first detector in the list that names the kind and has one.
var (
	namedBy     [numKinds]func(t *text, k Kind, start, end int)
	namedIn     [numKinds]uint8 // that detector
	fieldIndex  uint8           // of the detector that goes by names in the text
	canonicalBy [numKinds]func(dst, value []byte) []byte
)

func init() {
	for i, d := range list {
		if d == &field {
			fieldIndex = uint8(i)
		}
		for _, k := range d.Kinds {
			if d.named != nil && namedBy[k] == nil {
				namedBy[k], namedIn[k] = d.named, uint8(i)
			}
			if d.canonical != nil && canonicalBy[k] == nil {
				canonicalBy[k] = d.canonical
			}
		}
	}
}

// AppendCanonical appends the spelling of value, of kind k, that all spellings
// of the same value share.
func AppendCanonical(dst []byte, k Kind, value []byte) []byte {
	if k < numKinds && canonicalBy[k] != nil {
		return canonicalBy[k](dst, value)
	}
	return append(dst, value...)
}
