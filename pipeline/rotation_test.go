package pipeline

import (
	"strings"
	"testing"
	"time"

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
