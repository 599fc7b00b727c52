package job

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
)

// headBytes is how much of an input tells what it is: a tar header.
const headBytes = 512

// A container is a way in which files stand in a file, or values in a file that
// is no text.
type container string

const (
	containerNone    container = ""
	containerTar     container = "a tar archive"
	containerZip     container = "a zip archive"
	containerParquet container = "a Parquet file"
	containerArrow   container = "Arrow data"
)

func (c container) archive() bool { return c == containerTar || c == containerZip }

// columnar says that c is rewritten as a whole, and whole says that a file of it
// cannot be read in one go.
func (c container) columnar() bool { return c == containerParquet || c == containerArrow }
func (c container) whole() bool    { return c == containerZip || c.columnar() }

// magics are the first bytes of containers, those that scrim cannot look into
// among them: to search them as text would find nothing of what is in them.
var magics = []struct {
	magic string
	is    container
}{
	{"PK\x03\x04", containerZip},
	{"PK\x05\x06", containerZip}, // without entries
	{"PK\x07\x08", containerZip}, // of a set with one part
	{"PAR1", containerParquet},
	{"PARE", "an encrypted Parquet file"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"\x1f\x9d", "a file of compress (.Z)"},
	{"\x1f\xa0", "a file of compress (.Z)"},
	{"LZIP", "an lzip file"},
	{"\x89LZO\x00", "an lzop file"},
	{"!<arch>\n", "an ar archive"},
	{"070701", "a cpio archive"},
	{"070707", "a cpio archive"},
	{"MSCF\x00", "a cabinet archive"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"%PDF-", "a PDF file"},
	{"ORC", "an ORC file"},
	{"Obj\x01", "an Avro file"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE document"},
	{"-----BEGIN PGP MESSAGE-----", "an encrypted message"},
	{"age-encryption.org/", "an encrypted file"},
}

// containerOf tells what a file with this beginning is; containerNone is text,
// compressed or not.
func containerOf(head []byte) container {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			// Text may begin like one with a short mark made of letters.
			if (m.is == "an ORC file" || m.is == "a cpio archive" || m.is == "an lzip file") && !hasNUL(head) {
				continue
			}
			return m.is
		}
	}
	if pipeline.IsArrow(head) {
		return containerArrow
	}
	if isTar(head) {
		return containerTar
	}
	return containerNone
}

// ContainerOf says what an input whose text begins with head is, "a tar archive",
// if it is no stream of records; "" if it is one. 512 bytes are enough.
func ContainerOf(head []byte) string { return string(containerOf(head)) }

// hasNUL says whether there are NUL bytes in the first bytes.
func hasNUL(head []byte) bool { return bytes.IndexByte(head, 0) >= 0 }

// isTar says whether head is the header of a tar entry: its checksum is right
// (POSIX.1-2017, pax, ustar interchange format; older tars sum signed bytes).
func isTar(head []byte) bool {
	if len(head) < 512 || head[0] == 0 {
		return false
	}
	field := strings.Trim(string(head[148:156]), " \x00")
	want, err := strconv.ParseInt(field, 8, 64)
	if err != nil {
		return false
	}
	var unsigned, signed int64
	for i, c := range head[:512] {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return want == unsigned || want == signed
}
