package pipeline

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

func testKeys(t *testing.T) *transform.Keys {
	t.Helper()
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(7*i + 1)
	}
	keys, err := transform.NewKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestRotation(t *testing.T) {
	p := set(t, "email=hash", "phone=mask")
	p.Rotate = Rotation{Every: "daily"}
	in := "2026-03-14T10:00:00Z a@example.com\n2026-03-14T23:00:00Z a@example.com +1 514 787 2100\n2026-03-15T01:00:00Z a@example.com\nno time a@example.com\n2026-03-14T11:00:00Z a@example.com\n"
	out, r := runOn(t, Config{Policy: p, Keys: testKeys(t), BatchSize: 64}, strings.NewReader(in))
	lines := strings.Split(out, "\n")
	token := func(i int) string { return strings.Fields(lines[i])[1] }
	if token(0) != token(1) || token(0) != token(4) || token(0) == token(2) || !strings.HasPrefix(token(2), "email_") {
		t.Errorf("tokens do not go by the day:\n%s", out)
	}
	if lines[3] != "no time [EMAIL]" || r.Failures != 1 {
		t.Errorf("without a time: %q, %d failures", lines[3], r.Failures)
	}
	if strings.Contains(lines[1], "7872100") || strings.Contains(lines[1], "[PHONE]") {
		t.Errorf("a transform without key: %q", lines[1])
	}

	p.Rotate = Rotation{Every: "monthly", Field: "when"}
	for name, in := range map[string]string{
		"jsonl": `{"m":"a@example.com","when":"2026-03-14T10:00:00Z"}` + "\n" + `{"when":1773480413,"m":"a@example.com"}` + "\n" + `{"m":"a@example.com","when":"2026-04-01"}` + "\n" + `{"m":"a@example.com","wen":"2026-04-01"}` + "\n",
		"csv":   "m,when\na@example.com,2026-03-14\na@example.com,\"2026-03-31 23:00\"\na@example.com,2026-04-01\na@example.com,\n",
	} {
		out, r := runOn(t, Config{Policy: p, Keys: testKeys(t), Format: name}, strings.NewReader(in))
		tokens := tokenPattern.FindAllString(out, -1)
		if len(tokens) != 3 || tokens[0] != tokens[1] || tokens[0] == tokens[2] || r.Failures != 1 || !strings.Contains(out, "[EMAIL]") {
			t.Errorf("%s: %d failures\n%s", name, r.Failures, out)
		}
	}
	// What is found again is what the period's key makes.
	tokens, err := FindTokens(&p, testKeys(t), []byte("A@example.com"), []string{"2026-03", "2026-04"})
	if err != nil || len(tokens) != 2 {
		t.Errorf("%d tokens of two months, %v", len(tokens), err)
	}
	if _, err := FindTokens(&p, testKeys(t), []byte("a@example.com"), nil); err == nil {
		t.Error("tokens of no period")
	}
	period, err := transform.PeriodOf("monthly", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || period != "2026-03" {
		t.Error(period, err)
	}
}

// Dates of one subject move by one amount, in every spelling and format, those of
// another by another; where nothing says whose a date is, it goes.
func TestShiftBySubject(t *testing.T) {
	p := set(t, "birth_date=shift:days=3000,by=*email", "email=hash")
	p.Fields = map[string]detect.Kind{"seen": detect.BirthDate}
	days := func(s string) int {
		at, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatalf("%v", err)
		}
		return int(at.Sub(time.Date(1984, 6, 11, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	}
	moved := regexp.MustCompile(`[12][0-9]{3}-[0-9]{2}-[0-9]{2}`)
	out, _ := runOn(t, Config{Policy: p, Keys: testKeys(t)}, strings.NewReader(
		"email,birth_date,seen\nMara@Example.com,1984-06-11,1984-06-11\nj@example.org,1984-06-11,\n\"mara@example.com\",1984-06-11,x\n,1984-06-11,\n"))
	lines := strings.Split(out, "\n")
	json, report := runOn(t, Config{Policy: p, Keys: testKeys(t)}, strings.NewReader(
		`{"birth_date":"1984-06-11","user":{"email":"mara\u0040example.com"}}`+"\n"+`{"birth_date":"1984-06-11"}`+"\n"))
	lines = append(lines, strings.Split(json, "\n")...)
	mara := moved.FindAllString(lines[1], -1)
	john := moved.FindAllString(lines[2], -1)
	if len(mara) != 2 || mara[0] != mara[1] || days(mara[0]) == 0 || len(john) != 1 || john[0] == mara[0] {
		t.Fatalf("got %s", out)
	}
	if moved.FindString(lines[3]) != mara[0] {
		t.Errorf("another spelling: %s", lines[3])
	}
	if !strings.Contains(lines[4], "[BIRTH_DATE]") {
		t.Errorf("nobody's: %s", lines[4])
	}
	if moved.FindString(json) != mara[0] || !strings.Contains(json, "[BIRTH_DATE]") || report.Failures != 1 {
		t.Errorf("JSON: %s, %d failures", json, report.Failures)
	}
	text, report := runOn(t, Config{Policy: p, Keys: testKeys(t), Format: "text"}, strings.NewReader("email=mara@example.com birth_date=1984-06-11\n"))
	if !strings.Contains(text, "[BIRTH_DATE]") || report.Failures != 1 {
		t.Errorf("text: %s, %d failures", text, report.Failures)
	}
}
