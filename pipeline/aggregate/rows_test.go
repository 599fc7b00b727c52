package aggregate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scrim-dev/scrim/pipeline/report"
)

// A stay is a row in which nearly everything may be missing.
type stay struct {
	At      *string  `parquet:"name=ts, type=BYTE_ARRAY, convertedtype=UTF8" json:"ts,omitempty"`
	Country *string  `parquet:"name=country, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY" json:"country,omitempty"`
	Email   *string  `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY" json:"email,omitempty"`
	Bytes   int64    `parquet:"name=bytes, type=INT64" json:"bytes"`
	Hosts   []string `parquet:"name=hosts, type=MAP, convertedtype=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8" json:"hosts,omitempty"`
}

// TestColumnsAreGroupedAsRows holds that groups of a Parquet file's rows are those of
// the same rows as lines of JSON, lists that no page holds among them.
func TestColumnsAreGroupedAsRows(t *testing.T) {
	var columns, lines bytes.Buffer
	p, err := report.NewParquet(&columns, new(stay))
	if err != nil {
		t.Fatal(err)
	}
	p.RowGroupSize, p.PageSize = 200<<10, 4<<10
	e := json.NewEncoder(&lines)
	for i := range 5000 {
		v := stay{Bytes: int64(i)}
		for n, text := range map[**string]string{
			&v.At: fmt.Sprintf("2026-03-%02dT09:00:00Z", 1+i%28), &v.Country: []string{"CA", "DE", ""}[i%3], &v.Email: fmt.Sprintf("u%d@example.com", i%100),
		} {
			if i%7 > 0 && (i+len(text))%5 > 0 {
				*n = &text
			}
		}
		size := i % 4
		if i%1999 == 1998 {
			size = 9000
		}
		for k := range size {
			v.Hosts = append(v.Hosts, fmt.Sprintf("192.0.2.%d", k%9))
		}
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
	for _, by := range [][]string{{"kind"}, {"kind", "country"}, {"country", "day(ts)"}, {"email"}, {"truncate(ipv4,24)"}, {"kind", "day(ts)"}, nil} {
		cfg := Config{Sum: []string{"bytes"}, Max: []string{"bytes"}}
		want := mustQuery(t, cfg, by, []string{"email=keep"}, lines.String())
		got := mustQuery(t, cfg, by, []string{"email=keep"}, columns.String())
		if diff := cmp.Diff(want, got); diff != "" || len(got) < 3 {
			t.Errorf("%v: %d figures: %s", by, len(got), diff)
		}
	}
}
