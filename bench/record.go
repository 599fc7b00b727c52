package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Span is a stretch of a text: bytes Start to End, End exclusive.
type Span struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Type    string   `json:"type"`
	Label   string   `json:"label,omitempty"`   // what the source calls it
	Alt     []string `json:"alt,omitempty"`     // other types that are right too
	Generic bool     `json:"generic,omitempty"` // of no one in particular: root, localhost
}

// A Record is a text with what is known of it. One JSON object a line makes a
// file of records.
type Record struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	Group  string `json:"group,omitempty"`
	Format string `json:"format,omitempty"` // text (as when empty), jsonl or csv
	Text   string `json:"text"`
	Spans  []Span `json:"spans"`
	// CompleteFor are the types all spans of which are in Spans or Ignore.
	CompleteFor []string `json:"complete_for,omitempty"`
	// NegativeFor are the types of which the text has none.
	NegativeFor []string `json:"negative_for,omitempty"`
	// Ignore are spans where the truth is not known: a prediction there of their
	// type, or of any where it is "*", is neither right nor wrong.
	Ignore []Span `json:"ignore,omitempty"`
	// NonPII are spans known to be something else: VERSION, HASH, TIMESTAMP.
	NonPII []Span `json:"nonpii,omitempty"`
	Extra  Extra  `json:"extra,omitzero"`
}

// Extra is what some records say of themselves beyond their spans.
type Extra struct {
	WholeString bool `json:"whole_string,omitempty"` // a bare value, with no context
}

// maxRecord bounds a line of a file of records, in bytes.
const maxRecord = 256 << 20

// ReadRecords calls yield for each record of r, and stops at the first error.
// Blank lines are skipped.
func ReadRecords(r io.Reader, yield func(*Record) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxRecord)
	for line := 1; sc.Scan(); line++ {
		if len(strings.TrimSpace(sc.Text())) == 0 {
			continue
		}
		rec := new(Record)
		if err := json.Unmarshal(sc.Bytes(), rec); err != nil {
			return fmt.Errorf("line %d is not a record: it must be one JSON object with id, source, text and spans", line)
		}
		if err := rec.check(); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if err := yield(rec); err != nil {
			return err
		}
	}
	return sc.Err()
}

func (r *Record) check() error {
	for _, spans := range [][]Span{r.Spans, r.Ignore, r.NonPII} {
		for i, s := range spans {
			if s.Start < 0 || s.End < s.Start || s.End > len(r.Text) {
				return fmt.Errorf("span %d does not lie within the text of %d bytes", i, len(r.Text))
			}
		}
	}
	return nil
}

// ReadRecordFiles reads the records of files, and of all files *.jsonl under
// folders, in the order of their paths.
func ReadRecordFiles(paths ...string) ([]*Record, error) {
	var files []string
	for _, p := range paths {
		if info, err := os.Stat(p); err != nil {
			return nil, err
		} else if !info.IsDir() {
			files = append(files, p)
			continue
		}
		var found []string
		err := filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".jsonl") {
				found = append(found, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(found)
		files = append(files, found...)
	}
	var out []*Record
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		err = ReadRecords(f, func(r *Record) error { out = append(out, r); return nil })
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// WriteRecords writes records, one a line.
func WriteRecords(w io.Writer, records []*Record) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, r := range records {
		if r.Spans == nil { // null would not read as a list elsewhere
			c := *r
			c.Spans, r = []Span{}, &c
		}
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return b.Flush()
}
