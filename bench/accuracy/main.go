// Command accuracy prints how well scrim finds: precision, recall, F1, leak and
// alarms per MB by type, as Markdown, and as JSON with -json.
//
//	go run ./bench/accuracy -records ../shared/corpus/labelled -by source -errors 10
//	go run ./bench/accuracy -generate 4000000 -seed 7
//	go run ./bench/accuracy -unlabelled ../shared/corpus/unlabelled
//	go run ./bench/accuracy -generate 4000000 -format csv -flow
//	go run ./bench/accuracy -records DIR -scrim ./scrim
//	go run ./bench/accuracy -records DIR -predictions presidio.jsonl
//	go run ./bench/accuracy -records DIR -sample 4000 -peers all
//
// The detectors are judged, in this process, on each text as it stands; with
// -flow, the whole of scrim, that reads JSON lines and CSV as such; with -scrim,
// the command line tool, by its findings; with -predictions, whatever made the
// file; with -peers, other programs beside it, those that are installed (see
// bench/peers/programs/python.py), on the same records.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/bench"
	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

type config struct {
	records, unlabelled    string
	generate               int
	corpus                 bench.Corpus
	flow                   bool
	scrim, predictions     string
	by, only, types, kinds string
	errors                 int
	showValues, noGeneric  bool
	json                   string
	peers, python          string
	sample                 int
}

// A finder finds the spans of texts; ids are those of records.
type finder func(ids []string, texts []bench.Text) ([][]bench.Span, error)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c config
	f := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&c.records, "records", "", "files or folders of labelled records, separated by commas")
	f.IntVar(&c.generate, "generate", 0, "judge a generated corpus of that many bytes")
	f.Uint64Var(&c.corpus.Seed, "seed", 1, "seed of the generated corpus")
	f.Float64Var(&c.corpus.Density, "density", 0.5, "share of generated lines with a match")
	f.Float64Var(&c.corpus.Traps, "traps", 0.5, "share of the other generated lines that hold a trap")
	f.StringVar(&c.corpus.Format, "format", "text", "format of the generated corpus: text, jsonl or csv")
	f.StringVar(&c.unlabelled, "unlabelled", "", "folder of files without labels")
	f.BoolVar(&c.flow, "flow", false, "judge the whole flow, not the detectors alone")
	f.StringVar(&c.scrim, "scrim", "", "judge this command line tool by scan --findings")
	f.StringVar(&c.predictions, "predictions", "", "judge the predictions in this file; only with -records")
	f.StringVar(&c.by, "by", "", "a table for each source, group, or context (running text or whole string)")
	f.StringVar(&c.only, "only", "", "sources to judge, separated by commas")
	f.StringVar(&c.types, "types", "", "types to show, separated by commas; all shows also those that scrim has no kind for")
	f.StringVar(&c.kinds, "kinds", "", "kinds to look for, separated by commas; empty means all")
	f.IntVar(&c.errors, "errors", 0, "list that many misses and alarms of each type")
	f.BoolVar(&c.showValues, "show-values", false, "list errors with their text")
	f.BoolVar(&c.noGeneric, "no-generic", false, "ignore generic gold spans")
	f.StringVar(&c.peers, "peers", "", "other programs to judge beside it, separated by commas; all means those that are installed")
	f.StringVar(&c.python, "python", "python3", "the Python that has them")
	f.IntVar(&c.sample, "sample", 0, "judge other programs, and scrim beside them, on that many of the records; 0 means all")
	f.StringVar(&c.json, "json", "", "also write all counts to this file")
	if err := f.Parse(args); err != nil {
		return 2
	}
	if c.records == "" && c.unlabelled == "" && c.generate == 0 {
		c.generate = 2_000_000
	}
	if err := c.judge(ctx, stdout); err != nil {
		fmt.Fprintf(stderr, "accuracy: %v\n", err)
		return 1
	}
	return 0
}

// result is what -json writes.
type result struct {
	Command   []string      `json:"command"`
	Records   *bench.Scores `json:"records,omitempty"`
	Generated *bench.Scores `json:"generated,omitempty"`
	Alarms    *bench.Alarms `json:"unlabelled,omitempty"`
	Peers     []*peer       `json:"peers,omitempty"`           // on Records
	OnMade    []*peer       `json:"peers_generated,omitempty"` // on Generated
}

func (c *config) judge(ctx context.Context, w io.Writer) error {
	find, err := c.finder(ctx)
	if err != nil {
		return err
	}
	out := result{Command: os.Args}
	if c.records != "" {
		records, err := bench.ReadRecordFiles(strings.Split(c.records, ",")...)
		if err != nil {
			return err
		}
		if c.only != "" {
			only := strings.Split(c.only, ",")
			records = slices.DeleteFunc(records, func(r *bench.Record) bool { return !slices.Contains(only, r.Source) })
		}
		if out.Records, err = c.scores(w, "Labelled records", records, find); err != nil {
			return err
		}
		if c.peers != "" {
			if out.Peers, err = c.comparePeers(ctx, w, "labelled records", records, find); err != nil {
				return err
			}
		}
	}
	if c.generate > 0 {
		c.corpus.Bytes = c.generate
		records, err := c.corpus.Records()
		if err != nil {
			return err
		}
		if out.Generated, err = c.scores(w, "Generated corpus", records, find); err != nil {
			return err
		}
		if c.peers != "" {
			if out.OnMade, err = c.comparePeers(ctx, w, "generated records", records, find); err != nil {
				return err
			}
		}
	}
	if c.unlabelled != "" {
		if out.Alarms, err = c.alarms(w, find); err != nil {
			return err
		}
	}
	if c.json == "" {
		return nil
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.json, append(b, '\n'), 0o666)
}

// finder returns what is to be judged.
func (c *config) finder(ctx context.Context) (finder, error) {
	switch {
	case c.predictions != "":
		f, err := os.Open(c.predictions)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		byID, err := bench.ReadPredictions(f)
		return func(ids []string, _ []bench.Text) ([][]bench.Span, error) {
			out := make([][]bench.Span, len(ids))
			for i, id := range ids {
				out[i] = byID[id]
			}
			return out, nil
		}, err
	case c.scrim != "":
		argv := []string{c.scrim, "scan"}
		if c.kinds != "" {
			argv = append(argv, "--only", c.kinds)
		}
		return func(_ []string, texts []bench.Text) ([][]bench.Span, error) {
			return bench.ScanCommand(ctx, argv, texts)
		}, nil
	}
	var opts detect.Options
	if c.kinds != "" {
		for _, name := range strings.Split(c.kinds, ",") {
			k, ok := detect.ParseKind(name)
			if !ok {
				return nil, fmt.Errorf("no kind is called %s; scrim kinds lists them", name)
			}
			opts.Kinds = append(opts.Kinds, k)
		}
	}
	find, err := bench.Detectors(opts)
	if c.flow {
		find, err = bench.Flow(pipeline.Policy{Only: opts.Kinds})
	}
	if err != nil {
		return nil, err
	}
	return func(_ []string, texts []bench.Text) ([][]bench.Span, error) { return find.FindAll(texts), nil }, nil
}

func (c *config) scores(w io.Writer, title string, records []*bench.Record, find finder) (*bench.Scores, error) {
	j := bench.Judge{NoGeneric: c.noGeneric, Errors: c.errors}
	switch c.by {
	case "":
	case "source":
		j.By = func(r *bench.Record) string { return r.Source }
	case "group":
		j.By = func(r *bench.Record) string { return r.Source + " " + r.Group }
	case "context":
		j.By = func(r *bench.Record) string {
			if r.Extra.WholeString {
				return "whole string"
			}
			return "running text"
		}
	default:
		return nil, fmt.Errorf("-by is source, group or context")
	}
	ids, texts := textsOf(records)
	found, err := find(ids, texts)
	if err != nil {
		return nil, err
	}
	for i, r := range records {
		j.Add(r, found[i])
	}
	types := bench.Types()
	switch c.types {
	case "":
	case "all":
		types = nil
	default:
		types = strings.Split(c.types, ",")
	}
	s := j.Scores()
	if err := s.WriteMarkdown(w, title, types); err != nil {
		return nil, err
	}
	fmt.Fprintln(w)
	return s, c.listErrors(w, s, types)
}

func textsOf(records []*bench.Record) (ids []string, texts []bench.Text) {
	for _, r := range records {
		ids = append(ids, r.ID)
		texts = append(texts, bench.Text{Bytes: []byte(r.Text), Format: r.Format})
	}
	return ids, texts
}

func (c *config) listErrors(w io.Writer, s *bench.Scores, types []string) error {
	for _, e := range s.Errors {
		if types != nil && !slices.Contains(types, e.Type) {
			continue
		}
		what := "alarm"
		if e.Missed {
			what = "miss"
		}
		fmt.Fprintf(w, "- %s %s %s %d-%d%s\n", what, e.Type, e.ID, e.Start, e.End, c.context([]byte(e.Record.Text), e.Start, e.End))
	}
	return nil
}

// context returns the span with what stands around it, if values may be shown.
func (c *config) context(text []byte, start, end int) string {
	if !c.showValues {
		return ""
	}
	return fmt.Sprintf(" %q", fmt.Sprintf("%s>>%s<<%s",
		text[max(0, start-40):start], text[start:end], text[end:min(len(text), end+20)]))
}

func (c *config) alarms(w io.Writer, find finder) (*bench.Alarms, error) {
	files, err := filepath.Glob(filepath.Join(c.unlabelled, "*"))
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(name string) bool { return strings.HasPrefix(filepath.Base(name), "MANIFEST") })
	texts := make([]bench.Text, len(files))
	for i, name := range files {
		if texts[i].Bytes, err = os.ReadFile(name); err != nil {
			return nil, err
		}
		if strings.HasSuffix(name, ".ndjson") {
			texts[i].Format = "jsonl"
		}
	}
	found, err := find(files, texts)
	if err != nil {
		return nil, err
	}
	var a bench.Alarms
	for i, t := range texts {
		a.Add(len(t.Bytes), found[i])
	}
	if err := a.WriteMarkdown(w, "Unlabelled files"); err != nil {
		return nil, err
	}
	fmt.Fprintln(w)
	shown := map[string]int{}
	for i, spans := range found {
		for _, s := range spans {
			if c.types != "" && c.types != "all" && !slices.Contains(strings.Split(c.types, ","), s.Type) {
				continue
			}
			if shown[s.Type]++; shown[s.Type] <= c.errors {
				fmt.Fprintf(w, "- %s %s %d-%d%s\n", s.Type, filepath.Base(files[i]), s.Start, s.End, c.context(texts[i].Bytes, s.Start, s.End))
			}
		}
	}
	return &a, nil
}
