package pipeline

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// itemNames are what writers call the items of a list: the specification, pyarrow
// (older files, and Arrow data), Hive.
var itemNames = []string{"list", "element", "item", "bag", "array", "array_element"}

// outerName is the path of a column without the names of items at its end: the list is
// what has a name.
func outerName(c parquet.Column) string {
	name := c.Path
	for c.MaxRep > 0 {
		at := strings.LastIndexByte(name, '.')
		if at <= 0 || !slices.Contains(itemNames, name[at+1:]) {
			break
		}
		name = name[:at]
	}
	return name
}

// leastMarked values have the marks of a UUID by chance once in 8^leastMarked.
const leastMarked = 8

// areUUIDs says whether values of 16 bytes without a logical type are UUIDs: each has
// the marks of one (RFC 9562, section 4), or the column's name says that they
// identify something, and they are no text.
func areUUIDs(c parquet.Column, says detect.Field, values [][]byte) bool {
	if c.Physical != "FIXED_LEN_BYTE_ARRAY" || c.TypeLength != 16 || !isBare(c.Logical) ||
		says.Kind == detect.IPv4 || says.Kind == detect.IPv6 {
		return false
	}
	binary, marked := false, len(values) >= leastMarked
	for _, v := range values {
		binary = binary || !utf8.Valid(v)
		marked = marked && len(v) == 16 && v[6]>>4 >= 1 && v[6]>>4 <= 8 && v[8]>>6 == 2
	}
	return binary && (marked || says.Kind == detect.UUID || says.Kind == detect.DeviceID || says.Kind == detect.SessionID)
}

// decimalBits says how many bits the integers have that a decimal type takes all of, up
// to 63. Both formats write its name with the digits it has and how many of them are
// behind the point: "Decimal(precision=38, scale=0)", "decimal(38, 0)".
func decimalBits(logical string) int {
	n := strings.FieldsFunc(logical, func(r rune) bool { return (r < '0' || r > '9') && r != '-' })
	if len(n) < 2 {
		return 0
	}
	precision, err1 := strconv.Atoi(n[len(n)-2])
	scale, err2 := strconv.Atoi(n[len(n)-1])
	if err1 != nil || err2 != nil || scale < 0 || scale > precision {
		return 0
	}
	return min(int(float64(precision-scale)*math.Log2(10)), 63)
}

// isBare says that a type is one of bytes that mean nothing, in Parquet's and in
// Arrow's words.
func isBare(logical string) bool {
	return logical == "None" || strings.HasPrefix(logical, "fixed_size_binary")
}
