// Command corpus writes generated text with known spans.
//
//	go run ./bench/corpus -bytes 64000000 -density 0.1 -o app.log -spans app.spans.jsonl
//	go run ./bench/corpus -bytes 1000000 -format csv -mix EMAIL=3,IPV4=1 -o people.csv
//	go run ./bench/corpus -bytes 1000000 -records -o generated.jsonl
//
// The same flags give the same bytes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/bench"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	var c bench.Corpus
	f := flag.NewFlagSet("corpus", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Uint64Var(&c.Seed, "seed", 1, "seed")
	f.IntVar(&c.Bytes, "bytes", 1_000_000, "about how many bytes")
	f.StringVar(&c.Format, "format", "text", "text, jsonl, csv or digits")
	f.Float64Var(&c.Density, "density", 0.2, "share of lines with a match, 0 to 1")
	f.Float64Var(&c.Traps, "traps", 0.2, "share of the other lines that hold a trap, 0 to 1")
	f.IntVar(&c.LineLength, "line-length", 0, "about how long lines are, in bytes; 0 leaves them as they are")
	mix := f.String("mix", "", "types with their weights: EMAIL=3,IPV4=1; empty means all alike")
	records := f.Bool("records", false, "write labelled records, not a plain file")
	out := f.String("o", "", "file to write; standard output without it")
	spans := f.String("spans", "", "file for the list of spans, one JSON object a line")
	if err := f.Parse(args); err != nil {
		return 2
	}
	var err error
	if c.Mix, err = parseMix(*mix); err == nil {
		err = write(c, *out, *spans, *records, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "corpus: %v\n", err)
		return 1
	}
	return 0
}

func parseMix(s string) (map[string]float64, error) {
	if s == "" {
		return nil, nil
	}
	mix := map[string]float64{}
	for _, part := range strings.Split(s, ",") {
		typ, weight, ok := strings.Cut(part, "=")
		w, err := strconv.ParseFloat(weight, 64)
		if !ok || err != nil || w <= 0 {
			return nil, errors.New("-mix is TYPE=WEIGHT,TYPE=WEIGHT with weights above 0")
		}
		mix[typ] = w
	}
	return mix, nil
}

func write(c bench.Corpus, out, spans string, records bool, stdout io.Writer) (err error) {
	var text, side io.Writer = stdout, nil
	for _, file := range []struct {
		name string
		to   *io.Writer
	}{{out, &text}, {spans, &side}} {
		if file.name == "" {
			continue
		}
		f, e := os.Create(file.name)
		if e != nil {
			return e
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		*file.to = f
	}
	if !records {
		return c.WriteFile(text, side)
	}
	list, err := c.Records()
	if err != nil {
		return err
	}
	return bench.WriteRecords(text, list)
}
