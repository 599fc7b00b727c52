package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/bench"
)

// TestMain is the program of a peer, where a test says so.
func TestMain(m *testing.M) {
	switch os.Getenv("ACCURACY_PEER") {
	case "":
		os.Exit(m.Run())
	case "good":
		fmt.Println(`{"id":"r1","spans":[{"start":3,"end":18,"type":"EMAIL_ADDRESS"},{"start":0,"end":2,"type":"EMAIL"}]}`)
		fmt.Fprintln(os.Stderr, "a word of warning\n32 bytes in 0.250 s")
	case "silent":
	case "failing":
		os.Exit(3)
	}
}

func TestPeers(t *testing.T) {
	var records []*bench.Record
	err := bench.ReadRecords(strings.NewReader(record), func(r *bench.Record) error {
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c := config{}
	find, err := c.finder(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	own, err := c.ownScores(records, find)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "records.jsonl")
	for _, c := range []struct{ program, err string }{{"good", ""}, {"silent", "how long"}, {"failing", "exit status 3"}} {
		t.Setenv("ACCURACY_PEER", c.program)
		p := &peer{Name: "other", Version: "1.0", argv: []string{os.Args[0]}}
		err := p.judge(context.Background(), file, records)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", c.program, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := writePeers(&out, "records", []*peer{own, p}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			"| other | 1.0 | 7812.500 |",
			"| EMAIL | 2 | 66.7 (100.0 / 50.0), 0.0 | 50.0 (50.0 / 50.0), 31250.0 |",
		} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s\nhas no %s", out.String(), want)
			}
		}
	}
}

func TestSampled(t *testing.T) {
	var records []*bench.Record
	for i := range 100 {
		records = append(records, &bench.Record{ID: fmt.Sprint(i)})
	}
	if n := len(sampled(records, 0)); n != 100 {
		t.Errorf("all: %d records", n)
	}
	few := sampled(records, 30)
	again := sampled(records[50:], 50)
	if len(few) != 30 || len(again) != 50 || len(records) != 100 || records[99] == nil {
		t.Fatalf("%d and %d records", len(few), len(again))
	}
	for i := 1; i < len(few); i++ {
		if few[i] == few[i-1] {
			t.Error("a record twice")
		}
	}
}
