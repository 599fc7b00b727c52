package bench

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// generate returns a corpus as a plain file and the list of its spans.
func generate(t *testing.T, c Corpus) (text []byte, spans []placed) {
	t.Helper()
	var out, side bytes.Buffer
	if err := c.WriteFile(&out, &side); err != nil {
		t.Fatal(err)
	}
	for _, l := range bytes.Split(bytes.TrimSpace(side.Bytes()), []byte{'\n'}) {
		var p placed
		if len(l) > 0 {
			if err := json.Unmarshal(l, &p); err != nil {
				t.Fatal(err)
			}
			spans = append(spans, p)
		}
	}
	return out.Bytes(), spans
}

func TestCorpusIsTheSameForTheSameSeed(t *testing.T) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		c := Corpus{Seed: 7, Bytes: 50000, Format: format, Density: 0.5, Traps: 0.3}
		a, spans := generate(t, c)
		b, again := generate(t, c)
		if !bytes.Equal(a, b) || !cmp.Equal(spans, again) {
			t.Errorf("%s: two runs differ", format)
		}
		c.Seed = 8
		if b, _ = generate(t, c); bytes.Equal(a, b) {
			t.Errorf("%s: the seed does not matter", format)
		}
		if len(a) < 50000 || len(a) > 60000 {
			t.Errorf("%s: %d bytes, want 50000 and little more", format, len(a))
		}
	}
}

// forms are what gold values of a type look like.
var forms = map[string]*regexp.Regexp{
	"EMAIL":       regexp.MustCompile(`^[\w.+-]+(@|%40)[a-z.]+$`),
	"IPV4":        regexp.MustCompile(`^\d+\.\d+\.\d+\.\d+$`),
	"IPV6":        regexp.MustCompile(`^[0-9a-f:.]+$`),
	"UUID":        regexp.MustCompile(`^(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
	"CREDIT_CARD": regexp.MustCompile(`^[\d -]{15,19}$`),
	"US_SSN":      regexp.MustCompile(`^\d{3}-\d\d-\d{4}$`),
	"PHONE":       regexp.MustCompile(`^[+(\d][\d ()-]+\d$`),
	"JWT":         regexp.MustCompile(`^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$`),
	"PRIVATE_KEY": regexp.MustCompile(`^-----BEGIN (?s:.*)-----$`),
	"IMEI":        regexp.MustCompile(`^\d{15}$`),
	"IMSI":        regexp.MustCompile(`^\d{15}$`),
	"GEO":         regexp.MustCompile(`^-?\d+\.\d{5}(, ?-?\d+\.\d{5})?$`),
}

func TestCorpusSpansHoldTheirValues(t *testing.T) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		for _, length := range []int{0, 20, 5000} {
			t.Run(fmt.Sprintf("%s/length=%d", format, length), func(t *testing.T) {
				text, spans := generate(t, Corpus{Seed: 1, Bytes: 400000, Format: format, Density: 0.8, Traps: 0.5, LineLength: length})
				lines := bytes.Split(text, []byte{'\n'})
				seen := map[string]int{}
				for _, s := range spans {
					seen[s.Role+" "+s.Type]++
					value := text[s.Offset : s.Offset+s.End-s.Start]
					if at := bytes.Index(lines[s.Line-1][s.Start:], bytes.SplitN(value, []byte{'\n'}, 2)[0]); at != 0 {
						t.Fatalf("line %d has %s at %d, not %d", s.Line, s.Type, at, s.Start)
					}
					if form := forms[s.Type]; s.Role == "gold" && form != nil && !form.Match(value) {
						t.Errorf("%s has a value of another form: %s", s.Type, value)
					}
				}
				for _, typ := range Types() {
					broken := length == 20 && slices.Contains(byContext, typ) && format == "text"
					if seen["gold "+typ] == 0 && !broken {
						t.Errorf("no %s", typ)
					}
				}
				if seen["nonpii VERSION"] == 0 || seen["nonpii HASH"] == 0 {
					t.Error("no traps")
				}
			})
		}
	}
}

func TestCorpusFormats(t *testing.T) {
	text, _ := generate(t, Corpus{Seed: 1, Bytes: 300000, Format: "jsonl", Density: 0.8, Traps: 0.5})
	for i, l := range bytes.Split(bytes.TrimSpace(text), []byte{'\n'}) {
		if !json.Valid(l) {
			t.Fatalf("line %d is not JSON: %s", i+1, l)
		}
	}
	text, _ = generate(t, Corpus{Seed: 1, Bytes: 300000, Format: "csv", Density: 0.8, Traps: 0.5})
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 100 || !slices.Contains(rows[0], "iban") {
		t.Errorf("%d rows under %q", len(rows), rows[0])
	}
}

func TestCorpusDensityAndMix(t *testing.T) {
	for _, density := range []float64{0, 0.1, 1} {
		c := Corpus{Seed: 3, Bytes: 300000, Density: density, Mix: map[string]float64{"EMAIL": 3, "IPV4": 1}}
		lines, err := c.Lines()
		if err != nil {
			t.Fatal(err)
		}
		n, with := 0, 0
		types := map[string]int{}
		for l := range lines {
			n++
			if len(l.Spans) > 0 {
				with++
			}
			for _, s := range l.Spans {
				types[s.Type]++
			}
		}
		if got := float64(with) / float64(n); math.Abs(got-density) > 0.03 {
			t.Errorf("density %v: %.3f of the lines have a match", density, got)
		}
		if density > 0 && (len(types) != 2 || types["EMAIL"] < types["IPV4"]) {
			t.Errorf("density %v: mix is %v", density, types)
		}
	}
}

func TestCorpusLineLength(t *testing.T) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		for _, want := range []int{20, 1000, 1 << 20} {
			if want == 20 && format != "text" {
				continue
			}
			text, _ := generate(t, Corpus{Seed: 3, Bytes: max(100000, 2*want), Density: 0.3, Format: format, LineLength: want,
				Mix: map[string]float64{"EMAIL": 1, "IPV4": 1, "UUID": 1}})
			mean := len(text) / bytes.Count(text, []byte{'\n'})
			if format == "csv" && want > len(text)/2 {
				mean = len(text) / (bytes.Count(text, []byte{'\n'}) - 1) // the header is short
			}
			if mean < want*2/3 || mean > 2*want {
				t.Errorf("%s: lines of %d bytes, want about %d", format, mean, want)
			}
		}
	}
}

func TestCorpusRefuses(t *testing.T) {
	for name, c := range map[string]Corpus{
		"a format it does not know": {Bytes: 1, Format: "xml"},
		"a density above one":       {Bytes: 1, Density: 20},
		"a type it has no line for": {Bytes: 1, Density: 1, Mix: map[string]float64{"SHOE_SIZE": 1}},
	} {
		if _, err := c.Lines(); err == nil {
			t.Errorf("takes %s", name)
		}
	}
}

func TestCorpusRecords(t *testing.T) {
	for _, format := range []string{"text", "csv"} {
		records, err := Corpus{Seed: 3, Bytes: 50000, Density: 0.5, Traps: 0.5, Format: format}.Records()
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := WriteRecords(&file, records); err != nil {
			t.Fatal(err)
		}
		var back []*Record
		if err := ReadRecords(&file, func(r *Record) error { back = append(back, r); return nil }); err != nil {
			t.Fatal(err)
		}
		var j Judge
		for i, r := range back {
			if r.Text != records[i].Text {
				t.Fatalf("record %d changed when written and read", i)
			}
			j.Add(r, r.Spans) // gold as its own prediction
		}
		for typ, n := range j.Scores().All {
			if n.Exact.TP != n.Gold || n.Exact.FP > 0 || n.Cover != n.Gold {
				t.Errorf("%s %s: gold judged by itself gives %+v", format, typ, *n)
			}
		}
	}
}

// The check digits, by published examples.
func TestCheckDigits(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"Luhn, ISO/IEC 7812-1 annex B", string(luhnDigit([]byte("7992739871"))), "3"},
		{"Verhoeff, 236", string(verhoeffDigit([]byte("236"))), "3"},
		{"mod 97, ISO 13616 example", fmt.Sprint(98 - mod97([]byte("WEST12345698765432GB00"))), "82"},
		{"Keccak-256 of nothing", hexOf(keccak256(nil)), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
		{"EIP-55, all capitals", string(ethereum(nil, unhex("52908400098527886E0F7030069857D2E4169EE7"))), "0x52908400098527886E0F7030069857D2E4169EE7"},
		{"EIP-55, normal", string(ethereum(nil, unhex("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"))), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},
		{"Bech32, BIP 173", string(bech32(nil, unhex("751e76e8199196d454941c45d1b3a323f1433bd6"))), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
		{"Base58, leading zeros", string(base58(nil, []byte{0, 0, 0x28, 0x7f, 0xb4, 0xcd})), "11233QC4"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func hexOf(b [32]byte) string { return fmt.Sprintf("%x", b) }

func unhex(s string) []byte {
	b, _ := hex.DecodeString(s)
	return b
}

func TestValuesAreValid(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		if c := strings.NewReplacer(" ", "", "-", "").Replace(string(card(rng, nil))); luhnDigit([]byte(c[:len(c)-1])) != c[len(c)-1] {
			t.Fatalf("card %s fails Luhn", c)
		}
		if n := string(notACard(rng, nil)); luhnDigit([]byte(n[:15])) == n[15] {
			t.Fatalf("order number %s passes Luhn", n)
		}
		if b := strings.ReplaceAll(string(iban(rng, nil)), " ", ""); mod97([]byte(b[4:]+b[:4])) != 1 {
			t.Fatalf("IBAN %s fails mod 97", b)
		}
	}
}

func FuzzReadRecords(f *testing.F) {
	f.Add([]byte(`{"id":"a","source":"s","text":"a@example.com","spans":[{"start":0,"end":13,"type":"EMAIL"}]}`))
	f.Add([]byte("\n{\"spans\":[{\"start\":5,\"end\":2}]}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var j Judge
		ReadRecords(bytes.NewReader(b), func(r *Record) error {
			j.Add(r, r.Spans)
			return nil
		})
	})
}

func TestDigits(t *testing.T) {
	c := Corpus{Seed: 1, Bytes: 20_000, Format: "digits"}
	text, spans := generate(t, c)
	if strings.Trim(string(text), "0123456789 \n") != "" || len(text) < c.Bytes || len(spans) > 0 {
		t.Errorf("%d bytes of digits with %d spans", len(text), len(spans))
	}
	lengths := map[int]int{}
	for _, n := range strings.Fields(string(text)) {
		lengths[len(n)]++
	}
	if len(lengths) != 18 || lengths[18] == 0 {
		t.Errorf("numbers have the lengths %v", lengths)
	}
	if _, err := c.Records(); err == nil {
		t.Error("records without labels")
	}
}
