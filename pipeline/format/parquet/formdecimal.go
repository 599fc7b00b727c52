package parquet

import (
	"math/big"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// decimalForm is an unscaled integer, little-endian in w bytes of an integer
// column and big-endian two's complement otherwise.
func decimalForm(l *leaf, t *schema.DecimalLogicalType) textForm {
	w, scale, precision := l.width(), int(t.Scale()), int(t.Precision())
	little := l.typ == parquet.Types.Int32 || l.typ == parquet.Types.Int64
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) {
			if len(v) > 64 {
				return dst, false
			}
			if little {
				return appendScaled(dst, big.NewInt(integerOf(v)), scale), true
			}
			return appendScaled(dst, twos(v), scale), true
		},
		parse: func(dst, text []byte) ([]byte, bool) {
			n, ok := parseScaled(text, scale, precision)
			if !ok {
				return dst, false
			}
			if little {
				dst, fits := appendInteger(dst, n.Int64(), w)
				return dst, fits && n.IsInt64()
			}
			return appendTwos(dst, n, w)
		},
	}
}

// twos reads a big-endian two's complement number.
func twos(v []byte) *big.Int {
	n := new(big.Int).SetBytes(v)
	if len(v) > 0 && v[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(v)*8)))
	}
	return n
}

// appendTwos writes n in w bytes, or in as few as it needs if w is 0.
func appendTwos(dst []byte, n *big.Int, w int) ([]byte, bool) {
	m := n
	if n.Sign() < 0 {
		m = new(big.Int).Not(n)
	}
	need := m.BitLen()/8 + 1
	if w == 0 {
		w = need
	}
	if need > w {
		return dst, false
	}
	b := m.FillBytes(make([]byte, w))
	if n.Sign() < 0 {
		for i := range b {
			b[i] = ^b[i]
		}
	}
	return append(dst, b...), true
}

func appendScaled(dst []byte, n *big.Int, scale int) []byte {
	if n.Sign() < 0 {
		dst = append(dst, '-')
	}
	digits := new(big.Int).Abs(n).String()
	for len(digits) <= scale {
		digits = "0" + digits
	}
	dst = append(dst, digits[:len(digits)-max(scale, 0)]...)
	if scale > 0 {
		dst = append(append(dst, '.'), digits[len(digits)-scale:]...)
	}
	return dst
}

func parseScaled(text []byte, scale, precision int) (*big.Int, bool) {
	digits := make([]byte, 0, len(text)+scale)
	point := -1
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9', i == 0 && c == '-' && len(text) > 1:
			digits = append(digits, c)
		case c == '.' && point < 0:
			point = len(text) - i - 1
		default:
			return nil, false
		}
	}
	point = max(point, 0)
	if point > scale || len(digits) == 0 || len(digits) > precision+1 {
		return nil, false
	}
	for range scale - point {
		digits = append(digits, '0')
	}
	n, ok := new(big.Int).SetString(string(digits), 10)
	return n, ok && len(new(big.Int).Abs(n).String()) <= max(precision, 1)
}
