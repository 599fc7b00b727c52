package timestamp

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)

func TestRead(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"RFC 3339", "2026-03-14T09:26:53Z x", "2026-03-14T09:26:53Z"},
		{"fraction and zone", "2026-03-14T09:26:53.589+02:00", "2026-03-14T07:26:53Z"},
		{"zone without a colon", "2026-03-14T09:26:53-0530", "2026-03-14T14:56:53Z"},
		{"space and comma", "2026-03-14 09:26:53,123 INFO", "2026-03-14T09:26:53Z"},
		{"space before the zone", "2026-03-14 09:26:53 +0100", "2026-03-14T08:26:53Z"},
		{"slashes", "2026/03/14 09:26:53 [error]", "2026-03-14T09:26:53Z"},
		{"date alone", "2026-03-14", "2026-03-14T00:00:00Z"},
		{"no seconds", "2026-03-14T09:26", "2026-03-14T09:26:00Z"},
		{"syslog", "Mar 14 09:26:53 host", "2026-03-14T09:26:53Z"},
		{"syslog, one digit", "Mar  4 09:26:53 host", "2026-03-04T09:26:53Z"},
		{"syslog of last year", "Dec 24 09:26:53 host", "2025-12-24T09:26:53Z"},
		{"priority", "<34>Mar 14 09:26:53 host", "2026-03-14T09:26:53Z"},
		{"RFC 5424", "<34>1 2026-03-14T09:26:53.000Z host", "2026-03-14T09:26:53Z"},
		{"ANSI C", "[Sat Mar 14 09:26:53.123456 2020] [core]", "2020-03-14T09:26:53Z"},
		{"common log", "14/Mar/2026:09:26:53 +0200", "2026-03-14T07:26:53Z"},
		{"seconds", "1773480413.123\tC", "2026-03-14T09:26:53Z"},
		{"milliseconds", "1773480413123", "2026-03-14T09:26:53Z"},
		{"quoted", `"2026-03-14T09:26:53Z"`, "2026-03-14T09:26:53Z"},
		{"month 13", "2026-13-14T09:26:53Z", ""},
		{"hour 25", "2026-03-14T25:26:53Z", "2026-03-14T00:00:00Z"},
		{"after 2100", "5147872100 called", ""},
		{"digits and a word", "1773480413abc", ""},
		{"too many digits", "17734804131234", ""},
		{"words", "Marching on 09:26:53", ""},
		{"IPv4", "192.0.2.1 - - x", ""},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		got := ""
		if at, ok := Read([]byte(tt.in), now); ok {
			got = at.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestOfLine(t *testing.T) {
	for in, want := range map[string]string{
		`192.0.2.1 - - [14/Mar/2026:09:26:53 +0000] "GET /"`:   "2026-03-14T09:26:53Z",
		`level=info ts=2026-03-14T09:26:53Z msg=x`:             "2026-03-14T09:26:53Z",
		`date=2026-03-14 time=09:26:53 timestamp=1773480413 x`: "2026-03-14T09:26:53Z",
		`nothing of the kind [14/03/2026:09:26]`:               "",
	} {
		got := ""
		if at, ok := OfLine([]byte(in), now); ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	cases := []struct{ text, want string }{
		{"2026-03-14T23:30:00Z x", "2026-03-14T23:30"},
		{"2026-03-14T23:30:00.123456+01:00", "2026-03-14T22:30"},
		{"2026-03-15 00:30:00,123 +0100 x", "2026-03-14T23:30"},
		{"2026-03-14T23:30:00-0530", "2026-03-15T05:00"},
		{"2026/03/14 09:26:53 x", "2026-03-14T09:26"},
		{`1.2.3.4 - - [15/Mar/2026:00:30:00 +0200] "GET`, "2026-03-14T22:30"},
		{"Sat, 14 Mar 2026 09:26:53 GMT", "2026-03-14T09:26"},
		{"4 Mar 2026 09:26:53", "2026-03-04T09:26"},
		{"2026-03-14", "2026-03-14T00:00"},
		{"1773480413.536", "2026-03-14T09:26"},
		{"1773480413536 x", "2026-03-14T09:26"},
		{"1773480413536123456", "2026-03-14T09:26"},
		{"order 20260314000017 of 2026-03-14", "2026-03-14T00:00"},
		{"2026-02-30", ""},
		{"2026-13-01", ""},
		{"Mar 14 09:26:53 host", ""},
		{"version 10.2.3", ""},
		{"12026-03-144", ""},
		{"id 1773480413", ""},
		{"", ""},
	}
	for _, c := range cases {
		got := ""
		if at, ok := Find([]byte(c.text)); ok {
			got = at.UTC().Format("2006-01-02T15:04")
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if _, ok := Find([]byte(strings.Repeat(" ", maxFind) + "2026-03-14")); ok {
		t.Error("it looks too far")
	}
}

func TestIsField(t *testing.T) {
	for name, want := range map[string]bool{"ts": true, "@timestamp": true, "event.Created": true, "Time": true, "uptime": false, "": false, "timestamps of all": false} {
		if IsField(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"2026-03-14T09:26:53.589+02:00", "<34>1 x", "Mar  4 09:26:53 2026", "14/Mar/2026:09:26:53 +0200", "1773480413", "2026-03-14_09:26:53 -"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		find := func(b []byte, _ time.Time) (time.Time, bool) { return Find(b) }
		for _, read := range []func([]byte, time.Time) (time.Time, bool){Read, OfLine, find} {
			if at, ok := read(b, now); ok && (at.Year() < 1969 || at.Year() > 9999) {
				t.Error("a time far off")
			}
		}
	})
}

func ExampleRead() {
	t, ok := Read([]byte("<13>Mar 14 09:26:53 host app: hello"), time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	fmt.Println(t.Format(time.RFC3339), ok)
	// Output: 2026-03-14T09:26:53Z true
}
