package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A visit is a row with a value that may be null, and a list.
type visit struct {
	ID    int64    `parquet:"name=id, type=INT64"`
	TS    string   `parquet:"name=ts, type=BYTE_ARRAY, convertedtype=UTF8"`
	Email *string  `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Hosts []string `parquet:"name=peers, type=MAP, convertedtype=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8"`
}

func TestSurveyOfParquet(t *testing.T) {
	const rows = 20_000 // more than are shown at once
	var b bytes.Buffer
	p, err := NewParquet(&b, new(visit))
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		v := visit{ID: int64(i), TS: fmt.Sprintf("2026-03-%02dT09:00:00Z", 1+i%28)}
		if i%2 == 1 {
			mail := fmt.Sprintf("u%d@example.com", i%100)
			v.Email = &mail
		}
		for k := range i % 4 {
			v.Hosts = append(v.Hosts, fmt.Sprintf("192.0.2.%d", k))
		}
		if err := p.Write(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.WriteStop(); err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 3} {
		r := survey(t, workers, 0, [2]string{"x.parquet", b.String()})
		in := r.Inputs[0]
		if in.Records != rows || in.Period == nil || in.Period.From != "2026-03-02T09:00:00Z" {
			t.Errorf("%d records, %+v", in.Records, in.Period)
		}
		if e := row(t, in.Kinds, "", "email"); e.Count != rows/2 || e.Records != rows/2 || e.Distinct != 50 || e.FirstLine != 2 {
			t.Errorf("%+v", e)
		}
		ip := row(t, in.Kinds, "", "ipv4")
		if ip.Count != rows/4*6 || ip.Records != rows/4*3 || ip.Distinct != 3 {
			t.Errorf("%+v", ip)
		}
	}
}

// A logged is a row in which everything may be missing.
type logged struct {
	TS    *string  `parquet:"name=ts, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY" json:"ts,omitempty"`
	Other *string  `parquet:"name=time, type=BYTE_ARRAY, convertedtype=UTF8" json:"time,omitempty"`
	Email *string  `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY" json:"email,omitempty"`
	Note  *string  `parquet:"name=note, type=BYTE_ARRAY, convertedtype=UTF8" json:"note,omitempty"`
	Peers []string `parquet:"name=peers, type=MAP, convertedtype=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8, valueencoding=PLAIN_DICTIONARY" json:"peers,omitempty"`
	Mails []string `parquet:"name=mails, type=MAP, convertedtype=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8" json:"mails,omitempty"`
}

// randomLog has rows of all kinds: with a value of a dictionary or its own, with
// several matches, none or nulls alone, and with lists that no page holds whole.
func randomLog(r *rand.Rand, rows int) []logged {
	mail := func() string { return fmt.Sprintf("u%d@example.com", r.IntN(300)) }
	ip := func() string { return fmt.Sprintf("198.51.100.%d", r.IntN(90)) }
	maybe := func(text string) *string {
		if r.IntN(4) == 0 {
			return nil
		}
		return &text
	}
	out := make([]logged, rows)
	for i := range out {
		if r.IntN(9) == 0 {
			continue
		}
		v := &out[i]
		v.TS = maybe(fmt.Sprintf("2026-03-%02dT%02d:00:00Z", 1+r.IntN(28), r.IntN(24)))
		v.Other = maybe(fmt.Sprintf("2026-04-%02dT09:%02d:00Z", 1+r.IntN(28), r.IntN(60)))
		v.Email = maybe(mail())
		v.Note = maybe([]string{
			"", "nothing here", "from " + ip() + " to " + mail() + ", cc " + mail(), strings.Repeat("long ", r.IntN(4000)) + mail(),
		}[r.IntN(4)])
		n := r.IntN(4)
		if r.IntN(rows/2) == 0 {
			n = 20_000
		}
		for range n {
			v.Peers, v.Mails = append(v.Peers, ip()), append(v.Mails, mail())
		}
	}
	return out
}

// TestColumnsAreCountedAsRows holds that the report of a Parquet file is that of its
// rows as lines of JSON, but for the names of its lists.
func TestColumnsAreCountedAsRows(t *testing.T) {
	for seed := range uint64(4) {
		log := randomLog(rand.New(rand.NewPCG(seed, 1)), 3000)
		var columns, lines bytes.Buffer
		p, err := NewParquet(&columns, new(logged))
		if err != nil {
			t.Fatal(err)
		}
		p.RowGroupSize, p.PageSize = 1<<20, 8<<10
		e := json.NewEncoder(&lines)
		for _, v := range log {
			if err := p.Write(v); err != nil {
				t.Fatal(err)
			}
			if err := e.Encode(v); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.WriteStop(); err != nil {
			t.Fatal(err)
		}
		want := survey(t, 1, 0, [2]string{"x", lines.String()})
		want.Totals.Records, want.Inputs[0].Records = int64(len(log)), int64(len(log))
		for _, workers := range []int{1, 3} {
			got := survey(t, workers, 0, [2]string{"x", columns.String()})
			diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Report{}), cmpopts.IgnoreFields(Row{}, "Distinct", "Share"),
				cmpopts.IgnoreFields(Input{}, "Format", "Bytes", "Columns", "Fields"), cmpopts.IgnoreFields(Totals{}, "Bytes", "Fields"))
			if diff != "" {
				t.Errorf("seed %d, %d workers: %s", seed, workers, diff)
			}
		}
	}
}
