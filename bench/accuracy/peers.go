package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/bench"
)

// programs is where those of the peers are that are not commands of their own.
var programs = filepath.Join("bench", "peers", "programs")

// A peer is another program that finds spans in records.
type peer struct {
	Name    string  `json:"name"`
	Version string  `json:"version"`
	Seconds float64 `json:"seconds"` // of processor time, without reading and loading
	argv    []string
	Scores  *bench.Scores `json:"scores"`
}

// findPeers returns those of the programs asked for that are installed.
func (c *config) findPeers(ctx context.Context) ([]*peer, error) {
	script := filepath.Join(programs, "python.py")
	out, err := exec.CommandContext(ctx, c.python, script, "--list").Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w (it runs at the root of the repository)", script, err)
	}
	var all []*peer
	for line := range strings.Lines(string(out)) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		all = append(all, &peer{Name: name, Version: version, argv: []string{c.python, script, name}})
	}
	if path, err := exec.LookPath("datadog"); err == nil {
		all = append(all, &peer{Name: "datadog", Version: "engine of dd-sensitive-data-scanner, patterns of our own", argv: []string{path}})
	}
	if c.peers == "all" {
		return all, nil
	}
	names := strings.Split(c.peers, ",")
	all = slices.DeleteFunc(all, func(p *peer) bool { return !slices.Contains(names, p.Name) })
	if len(all) < len(names) {
		return nil, fmt.Errorf("of the programs in -peers, %d are not installed; %s says how", len(names)-len(all), script)
	}
	return all, nil
}

// sampled returns n of the records, drawn by their ids, so that it is the same
// ones every time; all of them where n is 0.
func sampled(records []*bench.Record, n int) []*bench.Record {
	if n == 0 || n >= len(records) {
		return records
	}
	key := func(r *bench.Record) uint64 {
		h := fnv.New64a()
		_, _ = io.WriteString(h, r.ID)
		return h.Sum64()
	}
	keys := make([]uint64, len(records))
	for i, r := range records {
		keys[i] = key(r)
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Clone(records), func(r *bench.Record) bool { return key(r) >= keys[n] })
}

// comparePeers judges scrim and the other programs on the same records.
func (c *config) comparePeers(ctx context.Context, w io.Writer, title string, records []*bench.Record, find finder) ([]*peer, error) {
	peers, err := c.findPeers(ctx)
	if err != nil {
		return nil, err
	}
	records = sampled(records, c.sample)
	own, err := c.ownScores(records, find)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "scrim-accuracy-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "records.jsonl")
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, r := range records {
		if err := enc.Encode(map[string]string{"id": r.ID, "text": r.Text}); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		return nil, err
	}
	for _, p := range peers {
		if err := p.judge(ctx, file, records); err != nil {
			return nil, err
		}
	}
	peers = append([]*peer{own}, peers...)
	return peers, writePeers(w, title, peers)
}

// ownScores judges scrim; its time is the best of five.
func (c *config) ownScores(records []*bench.Record, find finder) (*peer, error) {
	p := &peer{Name: "scrim", Version: "of this repository", Seconds: -1}
	ids, texts := textsOf(records)
	var found [][]bench.Span
	for range 5 {
		start := bench.ProcessorTime()
		var err error
		if found, err = find(ids, texts); err != nil {
			return nil, err
		}
		if s := (bench.ProcessorTime() - start).Seconds(); p.Seconds < 0 || s < p.Seconds {
			p.Seconds = s
		}
	}
	var j bench.Judge
	for i, r := range records {
		j.Add(r, found[i])
	}
	p.Scores = j.Scores()
	return p, nil
}

// took is what a peer's program says of its time.
var took = regexp.MustCompile(`(?m)^\d+ bytes in ([\d.]+) s$`)

// judge runs the program on the records in file and judges what it says.
func (p *peer) judge(ctx context.Context, file string, records []*bench.Record) error {
	cmd := exec.CommandContext(ctx, p.argv[0], append(p.argv[1:], file)...)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	said := took.FindStringSubmatch(log.String())
	if said == nil {
		return errors.New(p.Name + ": it does not say how long it took")
	}
	var err error
	if p.Seconds, err = strconv.ParseFloat(said[1], 64); err != nil {
		return fmt.Errorf("%s: the time it took is no number", p.Name)
	}
	byID, err := bench.ReadPredictions(&out)
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	var j bench.Judge
	for _, r := range records {
		j.Add(r, byID[r.ID])
	}
	p.Scores = j.Scores()
	return nil
}

// writePeers writes a table of the programs, and one of the types with a column
// for each.
func writePeers(w io.Writer, title string, peers []*peer) error {
	own := peers[0].Scores
	b := new(strings.Builder)
	fmt.Fprintf(b, "### Beside other programs: %s\n\n%d records, %.2f MB\n\n", title, own.Records, float64(own.Bytes)/1e6)
	b.WriteString("| program | version | seconds per MB |\n| --- | --- | --: |\n")
	for _, p := range peers {
		fmt.Fprintf(b, "| %s | %s | %.3f |\n", p.Name, p.Version, p.Seconds/(float64(own.Bytes)/1e6))
	}
	b.WriteString("\nExact F1 (precision / recall), alarms per MB; – where a program found nothing of a type.\n\n| type | gold |")
	line := "\n| --- | --: |"
	for _, p := range peers {
		b.WriteString(" " + p.Name + " |")
		line += " --: |"
	}
	b.WriteString(line + "\n")
	for _, row := range bench.Rows(own.All, bench.Types(), own.Bytes) {
		if row.Gold == 0 || row.Type == "all" {
			continue
		}
		fmt.Fprintf(b, "| %s | %d |", row.Type, row.Gold)
		for _, p := range peers {
			b.WriteString(" " + p.cell(row.Type) + " |")
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

// cell is what a table says of how the program does with a type.
func (p *peer) cell(typ string) string {
	n := p.Scores.All[typ]
	if n == nil || n.Exact.TP+n.Overlap.TP+n.Overlap.FP == 0 {
		return "–"
	}
	r := bench.Rows(map[string]*bench.Counts{typ: n}, nil, p.Scores.Bytes)[0]
	show := func(x float64) string { return strconv.FormatFloat(max(x, 0), 'f', 1, 64) }
	return fmt.Sprintf("%s (%s / %s), %s", show(r.F1), show(r.Precision), show(r.Recall), show(r.AlarmsPerMB))
}
