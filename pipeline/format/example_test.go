package format_test

import (
	"fmt"

	"github.com/scrim-dev/scrim/pipeline/format"
)

// A table is told from its content, and one of its columns replaced. Quotes are
// put where the new value needs them; nothing else changes.
func Example() {
	block := []byte("id,mail\r\n1,a@example.com\r\n2,\"b@example.com\"\r\n")
	f, options := format.Sniff(block, true)
	cutter := f.NewCutter(options)
	cutter.Start(block)
	parser := f.NewParser(cutter)

	var out []byte
	done := 0
	for _, c := range parser.Cells(nil, block) {
		if c.Flags&format.Name != 0 || c.Field < 0 || parser.Field(c.Field) != "mail" {
			continue
		}
		end := int(c.End)
		if c.Flags&format.Quoted != 0 {
			end++
		}
		edit := format.Edit{Start: int(c.Start), End: int(c.End), Text: []byte("none, sorry")}
		out = parser.Splice(out, block, done, end, c, []format.Edit{edit})
		done = end
	}
	out = append(out, block[done:]...)
	fmt.Printf("%s: %q\n", f.Name, out)
	// Output:
	// csv: "id,mail\r\n1,\"none, sorry\"\r\n2,\"none, sorry\"\r\n"
}
