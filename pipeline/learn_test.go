package pipeline

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func TestLearn(t *testing.T) {
	in := "bob77 did it\n" + strings.Repeat("nothing\n", 5000) + "login user=bob77 ok\nuser=build ok\nuser=x1 ok\n" +
		"rm bob77.txt, bob777, xbob77; build x1 (bob77)\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(in)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	want := "[USERNAME] did it\n"
	end := "rm bob77.txt, bob777, xbob77; [USERNAME] x1 ([USERNAME])\n"
	for _, cfg := range []Config{{Workers: 1, Learn: true}, {Workers: 3, BatchSize: 4096, Learn: true}} {
		for name, data := range map[string]string{"plain": in, "gzip": packed.String()} {
			out, r := runOn(t, cfg, strings.NewReader(data))
			if !strings.HasPrefix(out, want) || !strings.HasSuffix(out, end) {
				t.Errorf("%s, %d workers: got %q ... %q", name, cfg.Workers, out[:40], out[len(out)-160:])
			}
			if r.BytesIn != int64(len(in)) {
				t.Errorf("%s: %d bytes read", name, r.BytesIn)
			}
		}
	}
	if out, _ := runOn(t, Config{}, strings.NewReader(in)); !strings.HasPrefix(out, "bob77 did it") {
		t.Error("learned unasked")
	}
}
