package pipeline

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
)

// TestColumns holds that a column is judged as a whole: its name may be wrong or
// missing, and what its first values show holds for those far behind them.
func TestColumns(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,c1,phone,owner\n")
	for i := range 6000 {
		called := fmt.Sprintf("1514555%04d", i*7919%10000)
		if i == 5000 {
			called = "1514555O12" // with an error in it
		}
		fmt.Fprintf(&b, "%d,%s,%d,person%d\n", i, called, 1_700_000_000+i, i)
	}
	in := b.String()
	var first string
	var columns []ColumnReport
	for _, cfg := range []Config{{Workers: 1}, {Workers: 3, BatchSize: 4096}, {Workers: 2, BatchSize: 1 << 20}} {
		out, r := runOn(t, cfg, strings.NewReader(in))
		if first == "" {
			first, columns = out, r.Columns
		}
		if out != first || !reflect.DeepEqual(r.Columns, columns) {
			t.Fatalf("%d workers, batches of %d: another result", cfg.Workers, cfg.BatchSize)
		}
	}
	lines := strings.Split(first, "\n")
	for _, i := range []int{1, 5001, 6000} {
		if want := fmt.Sprintf("%d,[PHONE],%d,[USERNAME]", i-1, 1_700_000_000+i-1); lines[i] != want {
			t.Errorf("line %d: got %q, want %q", i+1, lines[i], want)
		}
	}
	want := []ColumnReport{
		{Column: "id", Evidence: string(detect.EvidenceNone)},
		{Column: "c1", Kind: "phone", Evidence: string(detect.EvidenceValues)},
		{Column: "phone", Evidence: string(detect.EvidenceTimes)},
		{Column: "owner", Kind: "username", Evidence: string(detect.EvidenceBoth)},
	}
	for i, c := range columns {
		if c.Values != detect.MaxColumnValues && c.Column != "id" {
			t.Errorf("%s: %d values", c.Column, c.Values)
		}
		c.Score, c.Share, c.Values = 0, 0, 0
		if i >= len(want) || c != want[i] {
			t.Errorf("got %+v", c)
		}
	}
}

// TestColumnNames holds that a name which is personal data itself is not shown.
func TestColumnNames(t *testing.T) {
	_, r := runOn(t, Config{Format: "jsonl"}, strings.NewReader(`{"a@example.com":"x"}`+"\n"))
	if len(r.Columns) != 1 || r.Columns[0].Column != "(email)" {
		t.Errorf("got %+v", r.Columns)
	}
}
