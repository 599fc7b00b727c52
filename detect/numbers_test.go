package detect

import (
	"slices"
	"strings"
	"testing"
)

// A textCase is a text and what the kinds asked for find in it, as
// "kind:value".
type textCase struct {
	name, text string
	want       []string
}

func runTextCases(t *testing.T, opts Options, cases []textCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := spans(t, opts, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// fieldSpans scans text as the value of a field of kind k.
func fieldSpans(t *testing.T, k Kind, text string) []string {
	t.Helper()
	e, err := New(Options{Kinds: []Kind{k}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range e.NewScanner().ScanField(Field{Kind: k}, []byte(text)) {
		out = append(out, text[m.Start:m.End])
	}
	return out
}

// numberExamples has one telling value of each kind, which must be found alone
// wherever it stands.
var numberExamples = []struct {
	kind  Kind
	value string
}{
	{Phone, "+1 514 555 0100"},
	{Phone, "+442079460018"},
	{Phone, "(514) 555-0100"},
	{Phone, "514-555-0100"},
	{CreditCard, "4111 1111 1111 1111"},
	{CreditCard, "5555555555554444"},
	{CreditCard, "378282246310005"},
	{IBAN, "GB29 NWBK 6016 1331 9268 19"},
	{IBAN, "DE89370400440532013000"},
	{USSSN, "536-22-1234"},
	{IMEI, "49-015420-323751-8"},
	{DeviceID, "00008030-001A2B3C4D5E6F70"},
	{Geo, "-48.85837, 2.29448"},
	{Geo, "+40.20361-075.00417/"},
	{Geo, "40°26′46″N 79°58′56″W"},
	{NationalID, "12345678Z"},
	{NationalID, "529.982.247-25"},
	{NationalID, "RSSMRA85T10A562S"},
	{NationalID, "756.9217.0769.85"},
}

func TestNumberConformance(t *testing.T) {
	for _, ex := range numberExamples {
		opts := Options{Kinds: []Kind{ex.kind}}
		want := ex.kind.String() + ":" + ex.value
		v := ex.value
		places := map[string]string{
			"alone": v, "start": v + " was seen", "middle": "we saw " + v + " there", "end": "we saw " + v,
			"sentence": "we saw " + v + ".", "quoted": `"` + v + `"`, "bracketed": "<" + v + ">", "square": "[" + v + "]",
			"key": `{"v":"` + v + `"}`, "equals": "v=" + v, "line": "a\n" + v + "\nb", "crlf": "a\r\n" + v + "\r\n",
			"comma": "a, " + v + ", b", "tab": "a\t" + v + "\tb",
		}
		for _, pad := range []int{8192 - len(v) - 1, 8192 - len(v)/2, 8191, 8192, 16384 - 3} {
			places["border "+string(rune('0'+pad%10))] = strings.Repeat("-", pad-1) + " " + v + " ."
		}
		for name, text := range places {
			if got := spans(t, opts, text); !slices.Equal(got, []string{want}) {
				t.Errorf("%s %s: got %q", want, name, got)
			}
		}
		if got := spans(t, opts, v+"\n"+v+"\n"+v); len(got) != 3 {
			t.Errorf("%s thrice: got %q", want, got)
		}
		for name, text := range map[string]string{
			"letter before": "x" + v, "digit before": "7" + v, "letter after": v + "qz", "digits after": v + "77", "hex around": "af" + v + "0b",
		} {
			if got := spans(t, opts, text); slices.Contains(got, want) && !strings.HasSuffix(v, "/") {
				t.Errorf("%s %s: found in a longer word", want, name)
			}
		}
	}
}

// TestNumberTraps has texts in which no kind of number stands.
func TestNumberTraps(t *testing.T) {
	opts := Options{Kinds: []Kind{Phone, CreditCard, IBAN, USSSN, IMEI, IMSI, DeviceID, Geo, BirthDate, NationalID}}
	for name, text := range map[string]string{
		"epoch seconds":       "ts=1709637753 at 1709637753.123",
		"epoch milliseconds":  `{"time":1709637753123,"created":1614556800000}`,
		"epoch microseconds":  "1709637753123456 us",
		"epoch nanoseconds":   "1709637753123456789",
		"compact time":        "20240305112233 and 20240305112233123",
		"iso time":            "2024-03-05T11:22:33.123456Z 2024-03-05 11:22:33,123",
		"apache time":         "[05/Mar/2024:11:22:33 +0000]",
		"time zone":           "11:22:33 +0530 UTC+08:00 GMT-0500",
		"uuid":                "550e8400-e29b-41d4-a716-446655440000",
		"uuid of digits":      "12345678-1234-4234-8234-123456789012",
		"uuid with a phone":   "00000000-0000-4000-8514-514555010012",
		"hash":                "d41d8cd98f00b204e9800998ecf8427e 4bf92f3577b34da6a3ce929d0e0e4736",
		"version":             "Chrome/120.0.0.0 version 8.5.1.2 v1.2.3-20240305112233-abcdef123456",
		"ipv4":                "from 192.168.100.200 to 10.20.30.40:50122",
		"ipv4 after a word":   "call from 192.168.100.200",
		"oid":                 "1.3.6.1.4.1.311.21.20",
		"order number":        "order 4111111111111111 shipped",
		"trace id":            `trace_id=4012888888881881`,
		"bad luhn":            "card 4111 1111 1111 1112",
		"access log":          `10.0.0.1 - - "GET / HTTP/1.1" 200 512 1024 "-"`,
		"table of numbers":    "404 512 1024 200 45 6789",
		"haproxy":             "0/0/0/67/67 200 1710 0.048 0.037 200 200 0",
		"ssn never issued":    "000-12-3456 666-12-3456 536-00-1234 536-12-0000 078-05-1120",
		"ssn in longer":       "1-536-22-1234 536-22-1234-5 536-22-12345",
		"iban by one digit":   "GB29 NWBK 6016 1331 9268 18",
		"plus without number": "a+1234567 C++ 1+1 +12 x=+1",
		"date of a call":      "call on 2024-01-02 and 01/02/2024",
		"hex flags":           "(call 1) (flags = 00000004)",
		"imei of a card":      "353535353535357 bytes",
		"decimals":            "load 0.15, 0.04, 0.02; 12.5, 13.5",
		"git describe":        "v2.1-14-g2414721 1234567-dirty",
		"mac":                 "00:1b:63:84:45:e6 001b-6384-45e6",
		"part number":         "part 202-555-0147 of order",
	} {
		if got := spans(t, opts, text); len(got) != 0 {
			t.Errorf("%s: %q: got %q", name, text, got)
		}
	}
}

// FuzzNumbers holds that no text makes a detector fail, leave the text, or find
// an empty match; and that what it finds has a spelling.
func FuzzNumbers(f *testing.F) {
	for _, ex := range numberExamples {
		f.Add("id " + ex.value + " x")
	}
	f.Add("tel:+1-201-555-0123;ext=12 born 4 June 1976 d.o.b. 1976-06-04")
	f.Add("((((((+1 (2)) 3-4.5/6 ext")
	e, err := New(Options{Regions: []string{"FR"}})
	if err != nil {
		f.Fatal(err)
	}
	s := e.NewScanner()
	kinds := []Kind{Phone, CreditCard, IBAN, USSSN, IMEI, IMSI, DeviceID, Geo, BirthDate, Gender, NationalID}
	f.Fuzz(func(t *testing.T, text string) {
		b := []byte(text)
		last := 0
		for _, m := range s.Scan(b) {
			if m.Start < last || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("match [%d,%d) after %d of %d", m.Start, m.End, last, len(b))
			}
			last = m.End
			AppendCanonical(nil, m.Kind, b[m.Start:m.End])
		}
		for _, k := range kinds {
			for _, m := range s.ScanField(Field{Kind: k}, b) {
				AppendCanonical(nil, m.Kind, b[m.Start:m.End])
			}
		}
	})
}
