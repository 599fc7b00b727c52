package pipeline

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/scrim-dev/scrim/detect"
)

// A key goes whole wherever batches end.
func TestKeyAcrossBatches(t *testing.T) {
	key := "-----BEGIN PRIVATE KEY-----\n" + strings.Repeat(strings.Repeat("QUJD", 16)+"\n", 40) + "-----END PRIVATE KEY-----"
	var in, want strings.Builder
	for i := range 60 {
		pad := strings.Repeat("a line of a log\n", i)
		in.WriteString(pad + key + "\n")
		want.WriteString(pad + "[PRIVATE_KEY]\n")
	}
	in.WriteString(key) // without a line end
	want.WriteString("[PRIVATE_KEY]")
	cfg := Config{Policy: Policy{Only: []detect.Kind{detect.PrivateKey}}, Format: "text", BatchSize: minBatchSize, Workers: 2}
	if got, _ := runOn(t, cfg, strings.NewReader(in.String())); got != want.String() {
		t.Error("a key was cut in two")
	}
	if got, _ := runOn(t, cfg, iotest.HalfReader(strings.NewReader(in.String()))); got != want.String() {
		t.Error("a key that comes bit by bit was cut in two")
	}
}
