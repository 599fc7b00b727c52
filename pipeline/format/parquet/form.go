package parquet

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"net/netip"
	"strconv"

	"github.com/apache/arrow/go/v17/arrow/float16"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// A Form is the text in which a caller sees values that are not text.
type Form uint8

const (
	// FormText follows the logical type: integers in decimal, DECIMAL with its
	// point, DATE as 2006-01-02, TIMESTAMP and INT96 as 2006-01-02T15:04:05.000
	// (Z after it where it is UTC; digits as the unit has), TIME as 15:04:05.000,
	// FIXED[16] UUID as 8-4-4-4-12, booleans as true and false. BYTE_ARRAY, and
	// FIXED without a logical type, are the bytes themselves.
	FormText Form = iota
	// FormIP: 4 or 16 bytes, or an integer of 32 bits, are an IP address, shown as
	// 192.0.2.1 or 2001:db8::1.
	FormIP
	// FormUUID: 16 bytes are a UUID, shown as 8-4-4-4-12.
	FormUUID
)

// A textForm turns plain values into text and back. Neither direction fails on a
// value that the other made.
type textForm struct {
	raw    bool // text and value are the same bytes
	append func(dst, value []byte) ([]byte, bool)
	parse  func(dst, text []byte) ([]byte, bool)
}

// text appends the text of a value, or the value itself if it has none.
func (f *textForm) text(dst, value []byte) []byte {
	if f.raw {
		return append(dst, value...)
	}
	at := len(dst)
	out, ok := f.append(dst, value)
	if !ok {
		out = append(out[:at], value...)
	}
	return out
}

func newTextForm(l *leaf, form Form) (textForm, error) {
	if form == FormIP {
		return ipForm(l)
	}
	if form == FormUUID && l.width() == 16 {
		return uuidForm, nil
	}
	if form != FormText {
		return textForm{}, errors.New("no such form")
	}
	switch l.typ {
	case parquet.Types.Boolean:
		return boolForm, nil
	case parquet.Types.Int32, parquet.Types.Int64:
		return integerForm(l), nil
	case parquet.Types.Int96:
		return int96Form, nil
	case parquet.Types.Float:
		return floatForm(4), nil
	case parquet.Types.Double:
		return floatForm(8), nil
	}
	switch t := l.form.(type) {
	case *schema.DecimalLogicalType:
		return decimalForm(l, t), nil
	case schema.UUIDLogicalType:
		if l.width() == 16 {
			return uuidForm, nil
		}
	case schema.Float16LogicalType:
		if l.width() == 2 {
			return floatForm(2), nil
		}
	}
	if w := l.width(); w > 0 {
		return bytesForm(w), nil
	}
	return arrayForm(l), nil
}

// arrayForm is a byte array as it is. Readers take some of them apart, and fail
// on the whole file when one is not what its type says: a replacement that is
// not JSON becomes a JSON string, one that is no geometry or BSON does not fit.
func arrayForm(l *leaf) textForm {
	form := textForm{append: func(dst, v []byte) ([]byte, bool) { return append(dst, v...), true }}
	_, bson := l.form.(schema.BSONLogicalType)
	switch _, object := l.form.(schema.JSONLogicalType); {
	case object:
		form.parse = func(dst, text []byte) ([]byte, bool) {
			if json.Valid(text) {
				return append(dst, text...), true
			}
			quoted, err := json.Marshal(string(text))
			return append(dst, quoted...), err == nil
		}
	case bson:
		form.parse = func(dst, text []byte) ([]byte, bool) {
			ok := len(text) >= 5 && uint64(binary.LittleEndian.Uint32(text)) == uint64(len(text))
			return append(dst, text...), ok
		}
	case l.Logical == "Geometry" || l.Logical == "Geography":
		form.parse = func(dst, text []byte) ([]byte, bool) {
			return append(dst, text...), len(text) >= 9 && text[0] <= 1 // byte order, then the type
		}
	default:
		form.raw = true
	}
	return form
}

// bytesForm is a fixed-length value as it is.
func bytesForm(w int) textForm {
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) { return append(dst, v...), true },
		parse: func(dst, text []byte) ([]byte, bool) {
			return append(dst, text...), len(text) == w
		},
	}
}

var boolForm = textForm{
	append: func(dst, v []byte) ([]byte, bool) { return strconv.AppendBool(dst, v[0] != 0), true },
	parse: func(dst, text []byte) ([]byte, bool) {
		switch string(text) {
		case "true", "1":
			return append(dst, 1), true
		case "false", "0":
			return append(dst, 0), true
		}
		return dst, false
	},
}

// floatForm is the shortest text that reads back as the same number; an integer, such
// as a phone number in a table that had nulls, is written without an exponent.
func floatForm(w int) textForm {
	bits := max(w*8, 32)
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) {
			n, format := floatOf(v), byte('g')
			if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
				format = 'f'
			}
			return strconv.AppendFloat(dst, n, format, -1, bits), true
		},
		parse: func(dst, text []byte) ([]byte, bool) {
			n, err := strconv.ParseFloat(string(text), bits)
			if err != nil {
				return dst, false
			}
			switch w {
			case 2:
				return binary.LittleEndian.AppendUint16(dst, float16.New(float32(n)).Uint16()), true
			case 4:
				return binary.LittleEndian.AppendUint32(dst, math.Float32bits(float32(n))), true
			}
			return binary.LittleEndian.AppendUint64(dst, math.Float64bits(n)), true
		},
	}
}

func floatOf(v []byte) float64 {
	switch len(v) {
	case 2:
		return float64(float16.FromBits(binary.LittleEndian.Uint16(v)).Float32())
	case 4:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(v)))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(v))
}

// integerOf reads a plain INT32 or INT64.
func integerOf(v []byte) int64 {
	if len(v) == 4 {
		return int64(int32(binary.LittleEndian.Uint32(v)))
	}
	return int64(binary.LittleEndian.Uint64(v))
}

func appendInteger(dst []byte, n int64, w int) ([]byte, bool) {
	if w == 4 {
		return binary.LittleEndian.AppendUint32(dst, uint32(n)), n == int64(int32(n))
	}
	return binary.LittleEndian.AppendUint64(dst, uint64(n)), true
}

func integerForm(l *leaf) textForm {
	w := l.width()
	bits, signed := w*8, true
	switch t := l.form.(type) {
	case schema.DateLogicalType:
		return dateForm(w)
	case *schema.TimestampLogicalType:
		return timestampForm(w, t.TimeUnit(), t.IsAdjustedToUTC())
	case *schema.TimeLogicalType:
		return clockForm(w, t.TimeUnit())
	case *schema.DecimalLogicalType:
		return decimalForm(l, t)
	case *schema.IntLogicalType:
		bits, signed = min(bits, int(t.BitWidth())), t.IsSigned()
	}
	if signed {
		return textForm{
			append: func(dst, v []byte) ([]byte, bool) { return strconv.AppendInt(dst, integerOf(v), 10), true },
			parse: func(dst, text []byte) ([]byte, bool) {
				n, err := strconv.ParseInt(string(text), 10, bits)
				if err != nil {
					return dst, false
				}
				return appendInteger(dst, n, w)
			},
		}
	}
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) { return strconv.AppendUint(dst, unsignedOf(v), 10), true },
		parse: func(dst, text []byte) ([]byte, bool) {
			n, err := strconv.ParseUint(string(text), 10, bits)
			if err != nil {
				return dst, false
			}
			return appendUnsigned(dst, n, w), true
		},
	}
}

func unsignedOf(v []byte) uint64 {
	if len(v) == 4 {
		return uint64(binary.LittleEndian.Uint32(v))
	}
	return binary.LittleEndian.Uint64(v)
}

func appendUnsigned(dst []byte, n uint64, w int) []byte {
	if w == 4 {
		return binary.LittleEndian.AppendUint32(dst, uint32(n))
	}
	return binary.LittleEndian.AppendUint64(dst, n)
}

var uuidForm = textForm{
	append: func(dst, v []byte) ([]byte, bool) {
		for i, c := range v {
			if i == 4 || i == 6 || i == 8 || i == 10 {
				dst = append(dst, '-')
			}
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		}
		return dst, true
	},
	parse: func(dst, text []byte) ([]byte, bool) {
		if len(text) != 36 && len(text) != 32 {
			return dst, false
		}
		at := len(dst)
		for i := 0; i < len(text); {
			if text[i] == '-' && len(text) == 36 && (i == 8 || i == 13 || i == 18 || i == 23) {
				i++
				continue
			}
			if i+1 >= len(text) {
				return dst, false
			}
			hi, ok1 := unhex(text[i])
			lo, ok2 := unhex(text[i+1])
			if !ok1 || !ok2 {
				return dst, false
			}
			dst = append(dst, hi<<4|lo)
			i += 2
		}
		return dst, len(dst)-at == 16
	},
}

const hexDigits = "0123456789abcdef"

func unhex(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// ipForm reads addresses out of bytes or integers. Text that is not an address
// goes into a byte array as it is.
func ipForm(l *leaf) (textForm, error) {
	w := l.width()
	switch {
	case l.typ == parquet.Types.Int32 || l.typ == parquet.Types.Int64:
		return textForm{
			append: func(dst, v []byte) ([]byte, bool) {
				n := unsignedOf(v)
				var b [4]byte
				binary.BigEndian.PutUint32(b[:], uint32(n))
				if n > math.MaxUint32 {
					return strconv.AppendInt(dst, int64(n), 10), true
				}
				return netip.AddrFrom4(b).AppendTo(dst), true
			},
			parse: func(dst, text []byte) ([]byte, bool) {
				a, ok := parseIP(text)
				if !ok || !a.Unmap().Is4() {
					return dst, false
				}
				b := a.Unmap().As4()
				return appendUnsigned(dst, uint64(binary.BigEndian.Uint32(b[:])), w), true
			},
		}, nil
	case l.typ == parquet.Types.ByteArray || w == 4 || w == 16:
		return textForm{
			append: func(dst, v []byte) ([]byte, bool) {
				a, ok := netip.AddrFromSlice(v)
				return a.AppendTo(dst), ok
			},
			parse: func(dst, text []byte) ([]byte, bool) {
				a, ok := parseIP(text)
				switch {
				case !ok:
					return append(dst, text...), w == 0
				case w == 4:
					return append(dst, a.Unmap().AsSlice()...), a.Unmap().Is4()
				case w == 16:
					b := a.As16()
					return append(dst, b[:]...), true
				}
				return append(dst, a.AsSlice()...), true
			},
		}, nil
	}
	return textForm{}, errors.New("the column's type cannot hold an IP address")
}

// parseIP reads an address, or the address of a prefix.
func parseIP(text []byte) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(string(text)); err == nil {
		return a.WithZone(""), true
	}
	p, err := netip.ParsePrefix(string(text))
	return p.Addr(), err == nil
}
