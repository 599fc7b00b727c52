package detect

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkJudgeColumn is what a column costs before anything is done about it.
func BenchmarkJudgeColumn(b *testing.B) {
	e, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	s := e.NewScanner()
	for _, c := range []struct {
		name   string
		values [][]byte
	}{
		{"mailboxes", column(MaxColumnValues, func(i int) string { return "u" + strings.Repeat("x", i%9) + "@example.com" })},
		{"words", column(MaxColumnValues, func(i int) string { return []string{"tcp", "udp", "established"}[i%3] })},
		{"numbers", column(MaxColumnValues, func(i int) string { return fmt.Sprint(15145550100 + i*7919%10000) })},
	} {
		b.Run("values="+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.JudgeColumn("c1", c.values)
			}
		})
	}
}
