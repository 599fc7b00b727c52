package transform

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// shifted moves dates by a number of days that is known.
func shifted(days int, order dateOrder) *shift { return &shift{days: days, order: order} }

func TestShiftForms(t *testing.T) {
	tests := []struct {
		name, in string
		days     int
		want     string
	}{
		{"ISO", "2024-02-28", 2, "2024-03-01"},
		{"ISO back", "2024-03-01", -1, "2024-02-29"},
		{"over the year", "1999-12-31", 1, "2000-01-01"},
		{"slashes", "2024/05/17", 1, "2024/05/18"},
		{"unpadded", "2024/5/17", -16, "2024/5/1"},
		{"compact", "20240517", 31, "20240617"},
		{"compact and time", "20240517T131415Z", 1, "error"},
		{"time and zone", "2024-05-17T13:14:15.678+02:00", 1, "2024-05-18T13:14:15.678+02:00"},
		{"short zone", "2024-05-17 13:14:15+02", 1, "2024-05-18 13:14:15+02"},
		{"comma before the fraction", "2024-05-17 13:14:15,678", 1, "2024-05-18 13:14:15,678"},
		{"minutes", "2024-05-17 13:14", 1, "2024-05-18 13:14"},
		{"named zone", "2024-05-17 13:14:15 CEST", 1, "2024-05-18 13:14:15 CEST"},
		{"access log", "17/May/2024:13:14:15 +0200", 15, "01/Jun/2024:13:14:15 +0200"},
		{"mail", "Fri, 17 May 2024 13:14:15 GMT", 1, "Sat, 18 May 2024 13:14:15 GMT"},
		{"long names", "Friday, May 31, 2024", 1, "Saturday, Jun 1, 2024"},
		{"longer names", "friday june 7, 2024", 30, "sunday july 7, 2024"},
		{"German", "17.05.2024", 15, "01.06.2024"},
		{"American", "05/17/2024 1:14:15 PM", 1, "error"},
		{"European", "17/05/2024", 1, "error"},
		{"either but the same", "05/05/2024", 1, "error"},
		{"either", "03/04/2024", 1, "error"},
		{"no month", "2024-13-01", 1, "error"},
		{"no day", "2024-04-31", 1, "error"},
		{"no leap year", "1900-02-29", 1, "error"},
		{"first year", "0001-01-01", -1, "error"},
		{"last year", "9999-12-31", 1, "error"},
		{"year 0", "0000-01-01", 1, "error"},
		{"short year", "17.05.24", 1, "error"},
		{"two separators", "2024-05/17", 1, "error"},
		{"no time", "2024-05-17T", 1, "error"},
		{"hour 25", "2024-05-17 25:00", 1, "error"},
		{"13 PM", "2024-05-17 13:00 PM", 1, "error"},
		{"name after it", "2024-05-17 13:14 Alice", 1, "error"},
		{"name before it", "Alice 2024-05-17", 1, "error"},
		{"version", "1.2.3.4", 1, "error"},
		{"number", "99999999", 1, "error"},
		{"nothing", "", 1, "error"},
		{"long", strings.Repeat("2024-05-17 ", 10), 1, "error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := applied(t, shifted(tt.days, orderUnknown), tt.in, "")
			if got != tt.want {
				t.Fatalf("%s and %d days is %s, want %s", tt.in, tt.days, got, tt.want)
			}
		})
	}
	if got := applied(t, shifted(1, dayFirst), "03/04/2024", ""); got != "04/04/2024" {
		t.Errorf("day first: %s", got)
	}
	if got := applied(t, shifted(1, monthFirst), "05/17/2024 1:14:15 PM", ""); got != "05/18/2024 1:14:15 PM" {
		t.Errorf("month first, over 12: %s", got)
	}
	if got := applied(t, shifted(1, dayFirst), "05/17/2024", ""); got != "error" {
		t.Errorf("month 17: %s", got)
	}
	if got := applied(t, shifted(1, monthFirst), "03/04/2024", ""); got != "03/05/2024" {
		t.Errorf("month first: %s", got)
	}
}

func TestShiftByCanonical(t *testing.T) {
	if got := applied(t, shifted(1, orderUnknown), "17 mai 1984", "1984-05-17"); got != "1984-05-18" {
		t.Errorf("got %s", got)
	}
}

func TestShiftBySubject(t *testing.T) {
	tr := made(t, "shift:by=patient_id").(SubjectTransform)
	for _, subject := range []string{"", "17", "", "18"} {
		tr.SetSubject([]byte(subject))
		if got := applied(t, tr, "1984-05-17", ""); (got == "error") != (subject == "") {
			t.Errorf("subject %q: %s", subject, got)
		}
	}
	if tr.By() != "patient_id" {
		t.Errorf("goes by %s", tr.By())
	}
	if got := applied(t, made(t, "shift:by=patient_id"), "1984-05-17", ""); got != "error" {
		t.Errorf("no subject: %s", got)
	}
	spec, _ := ParseSpec("shift:by=a,subject=b")
	if _, err := New(spec, Target{}, testKeys()); err == nil {
		t.Error("by and subject are taken together")
	}
}

func TestShiftAmount(t *testing.T) {
	seen := map[int]bool{}
	tr := made(t, "shift:days=3,subject=alice").(*shift)
	for i := range 200 {
		tr.SetSubject([]byte{byte(i)})
		if tr.days == 0 || tr.days < -3 || tr.days > 3 {
			t.Fatalf("moves by %d days", tr.days)
		}
		seen[tr.days] = true
	}
	if len(seen) != 6 {
		t.Errorf("200 subjects move by %d of 6 amounts", len(seen))
	}
	tr.SetSubject([]byte("alice"))
	a, b := applied(t, tr, "2024-05-17", ""), applied(t, made(t, "shift:days=3,subject=alice"), "2024-05-17", "")
	if a != b {
		t.Errorf("one subject moves to %s and %s", a, b)
	}
	if clone := tr.Clone().(SubjectTransform); applied(t, clone, "2024-05-17", "") != a {
		t.Error("a clone has another subject")
	}
}

// The days between two dates stay, and each comes back.
func TestShiftReverses(t *testing.T) {
	tr := made(t, "shift").(Reverser)
	rapid.Check(t, func(t *rapid.T) {
		layout := rapid.SampledFrom([]string{"2006-01-02", "20060102", "02.01.2006", "Mon, 02 Jan 2006 15:04:05 -0700",
			"Monday, January 2, 2006", "02/Jan/2006:15:04:05 -0700", time.RFC3339Nano}).Draw(t, "layout")
		at := time.Date(1900+rapid.IntRange(1, 200).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 3, 4, 5, 0, time.UTC)
		later := at.AddDate(0, 0, rapid.IntRange(0, 1000).Draw(t, "days"))
		move := func(d time.Time) time.Time {
			out, err := tr.Append(nil, Value{Text: []byte(d.Format(layout))})
			if err != nil {
				t.Fatalf("%s: %v", d.Format(layout), err)
			}
			back, err := tr.Reverse(nil, out)
			if err != nil || string(back) != d.Format(layout) && !strings.Contains(layout, "January") {
				t.Fatalf("%s became %s and %s: %v", d.Format(layout), out, back, err)
			}
			moved, err := time.Parse(strings.Replace(layout, "January", "Jan", 1), string(out))
			if err != nil {
				moved, err = time.Parse(layout, string(out))
			}
			if err != nil {
				t.Fatalf("%s is not in the form of %s", out, layout)
			}
			return moved
		}
		if a, b := move(at), move(later); b.Sub(a).Round(time.Hour) != later.Sub(at).Round(time.Hour) && strings.Contains(layout, "05") {
			t.Fatalf("%s apart before, %s after", later.Sub(at), b.Sub(a))
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-05-17", "17/May/2024:13:14:15 +0200", "Fri, 17 May 2024 13:14:15 GMT", "May 7, 1984", "05/17/2024 1:14 PM", "20240517", "1/17/0002"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, days int) {
		days %= 10_000
		d, ok := parseDate([]byte(s), dayFirst)
		if !ok {
			return
		}
		if _, err := time.Parse("2006-1-2", time.Date(d.year, time.Month(d.mon), d.day, 0, 0, 0, 0, time.UTC).Format("2006-1-2")); err != nil {
			t.Fatal(err)
		}
		moved, err := shifted(days, dayFirst).Append(nil, Value{Text: []byte(s)})
		if err != nil {
			return
		}
		d2, ok := parseDate(moved, dayFirst)
		if !ok {
			t.Fatalf("%q moves to %q, which is no date", s, moved)
		}
		a := time.Date(d.year, time.Month(d.mon), d.day, 0, 0, 0, 0, time.UTC)
		b := time.Date(d2.year, time.Month(d2.mon), d2.day, 0, 0, 0, 0, time.UTC)
		if b.Sub(a) != time.Duration(days)*24*time.Hour {
			t.Fatalf("%q moves by %d days to %q", s, days, moved)
		}
	})
}
