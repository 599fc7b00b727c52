package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// A Finder finds spans in a text; format is text, jsonl or csv. It is for one
// goroutine. The spans are the caller's.
type Finder func(text []byte, format string) []Span

// otherTypes are the kinds whose type is not their name in upper case.
var otherTypes = map[detect.Kind]string{
	detect.CryptoWallet: "CRYPTO",
	detect.BirthDate:    "DATE_OF_BIRTH",
}

// TypeOf returns the type that records use for a kind.
func TypeOf(k detect.Kind) string {
	if t, ok := otherTypes[k]; ok {
		return t
	}
	return strings.ToUpper(k.String())
}

// Types returns the type of every built-in kind, in the order of the kinds.
func Types() []string {
	var out []string
	for _, k := range detect.Kinds() {
		out = append(out, TypeOf(k.Kind))
	}
	return out
}

// Detectors returns a Finder that is scrim's detectors, in this process. It
// reads every format as text.
func Detectors(opts detect.Options) (Finder, error) {
	e, err := detect.New(opts)
	if err != nil {
		return nil, err
	}
	s := e.NewScanner()
	return func(text []byte, _ string) []Span {
		var out []Span
		for _, m := range s.Scan(text) {
			out = append(out, Span{Start: m.Start, End: m.End, Type: TypeOf(m.Kind)})
		}
		return out
	}, nil
}

// Flow returns a Finder that is the whole flow, in this process: each text is an
// input of its format, or of the one that it looks like where none is said. It
// panics where the flow fails: figures of half a text would be false.
func Flow(policy pipeline.Policy) (Finder, error) {
	var found []Span
	flows := map[string]*pipeline.Pipeline{}
	for _, format := range []string{"", "text", "jsonl", "csv"} {
		p, err := pipeline.New(pipeline.Config{Policy: policy, Workers: 1, Format: format,
			Findings: func(f *pipeline.Finding) error {
				found = append(found, Span{Start: int(f.Offset), End: int(f.Offset + f.End - f.Start), Type: typeNamed(f.Kind)})
				return nil
			}})
		if err != nil {
			return nil, err
		}
		flows[format] = p
	}
	return func(text []byte, format string) []Span {
		found = nil
		src := pipeline.NewSource(bytes.NewReader(text), "")
		defer src.Close()
		if _, err := flows[format].Run(context.Background(), src, nil); err != nil {
			panic("bench: the flow failed on a text in memory: " + err.Error())
		}
		return found
	}, nil
}

// typeNamed returns the type of a kind by its name.
func typeNamed(kind string) string {
	if k, ok := detect.ParseKind(kind); ok {
		return TypeOf(k)
	}
	return strings.ToUpper(kind)
}

// A Text is one input of many.
type Text struct {
	Bytes  []byte
	Format string // text (as when empty), jsonl or csv
}

// FindAll returns what f finds in each text.
func (f Finder) FindAll(texts []Text) [][]Span {
	out := make([][]Span, len(texts))
	for i, t := range texts {
		out[i] = f(t.Bytes, t.Format)
	}
	return out
}

// extensions are the names' endings by which scrim tells formats apart.
var extensions = map[string]string{"": ".log", "text": ".log", "jsonl": ".jsonl", "csv": ".csv"}

// ScanCommand returns what the command line tool finds in each text. argv is
// the command up to its paths, such as {"./scrim", "scan"}. The texts are laid
// as files in a temporary folder; the command is run once on the folder, with
// --findings.
func ScanCommand(ctx context.Context, argv []string, texts []Text) ([][]Span, error) {
	dir, err := os.MkdirTemp("", "scrim-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, findings := filepath.Join(dir, "in"), filepath.Join(dir, "findings.jsonl")
	for i, t := range texts {
		// A thousand to a folder: some file systems are slow beyond that.
		folder := filepath.Join(in, strconv.Itoa(i/1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				return nil, err
			}
		}
		name := filepath.Join(folder, strconv.Itoa(i)+extensions[t.Format])
		if err := os.WriteFile(name, t.Bytes, 0o600); err != nil {
			return nil, err
		}
	}
	args := append(append([]string{}, argv[1:]...), "--findings", findings, in)
	cmd := exec.CommandContext(ctx, argv[0], args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", argv[0], err, bytes.TrimSpace(stderr.Bytes()))
	}
	f, err := os.Open(findings)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readFindings(f, len(texts))
}

// readFindings reads what scrim scan --findings wrote of files named by their
// number, 0 to n-1.
func readFindings(r io.Reader, n int) ([][]Span, error) {
	out := make([][]Span, n)
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for line := 1; sc.Scan(); line++ {
		var f struct {
			Path               string
			Start, End, Offset int
			Kind               string
		}
		if err := json.Unmarshal(sc.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("findings: line %d is not a finding", line)
		}
		name := filepath.Base(f.Path)
		i, err := strconv.Atoi(strings.TrimSuffix(name, filepath.Ext(name)))
		if err != nil || i < 0 || i >= n {
			return nil, fmt.Errorf("findings: line %d names no file that was scanned", line)
		}
		out[i] = append(out[i], Span{Start: f.Offset, End: f.Offset + f.End - f.Start, Type: typeNamed(f.Kind)})
	}
	return out, sc.Err()
}

// ReadPredictions reads predictions made elsewhere: one JSON object a line,
// {"id", "spans": [{"start","end","type"}]}. Lines of the same id add up.
func ReadPredictions(r io.Reader) (map[string][]Span, error) {
	out := map[string][]Span{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxRecord)
	for line := 1; sc.Scan(); line++ {
		var p struct {
			ID    string
			Spans []Span
		}
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("predictions: line %d is not a JSON object with id and spans", line)
		}
		out[p.ID] = append(out[p.ID], p.Spans...)
	}
	return out, sc.Err()
}
