package bench

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestBarChart(t *testing.T) {
	for name, c := range map[string]*BarChart{
		"empty":  {Title: "nothing"},
		"zeros":  {Bars: []Bar{{Label: "none"}}},
		"spread": {Title: `a < b & "c"`, Unit: "GB/s", Bars: []Bar{{Label: "<x>", Value: 2, Low: 1, High: 3, Ours: true}, {Label: "y", Value: 0.00001, Rule: true}}},
	} {
		var b bytes.Buffer
		if err := c.WriteSVG(&b); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
		rects := 0
		for {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: not XML: %v", name, err)
			}
			if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "rect" {
				rects++
			}
		}
		if rects != len(c.Bars) || strings.Contains(b.String(), "NaN") {
			t.Errorf("%s: %d bars drawn of %d", name, rects, len(c.Bars))
		}
	}
}
