package detect

import (
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// scannerOf returns a Scanner that runs only some detectors.
func scannerOf(b testing.TB, detectors ...*Detector) *Scanner {
	e, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	e.active = nil
	var anchors []bitmap.Expr
	for i, d := range list {
		for _, want := range detectors {
			if d == want {
				e.active = append(e.active, uint8(i))
				anchors = append(anchors, d.anchor)
			}
		}
	}
	e.prog = bitmap.Compile(anchors)
	return e.NewScanner()
}

// benchTexts are 256 KB each of a log without names, a syslog, logfmt and JSON.
var benchTexts = map[string]string{
	"clean": strings.Repeat("[2026-01-05T10:00:00] INFO  worker 12 finished batch 8812 after 31 ms, queue empty, 0 left, next run in 60 s\n", 2500),
	"syslog": strings.Repeat("Jan  5 10:00:00 web-1 sshd[812]: Failed password for invalid user bob from 192.0.2.7 port 4711 ssh2\n"+
		"Jan  5 10:00:01 web-1 CRON[99]: (root) CMD (run-parts /etc/cron.hourly)\n", 1500),
	"logfmt": strings.Repeat("ts=2026-01-05T10:00:00Z level=info msg=\"request done\" method=GET path=/api/v1/items status=200 user=bob ip=192.0.2.7 took=12ms\n", 2000),
	"json":   strings.Repeat(`{"ts":"2026-01-05T10:00:00Z","level":"info","event":{"action":"login","outcome":"success"},"user":{"name":"bob","roles":["a","b"]},"host":{"name":"web-1","ip":"192.0.2.7"},"http":{"status":200,"bytes":1234},"session_id":"a81bc81b"}`+"\n", 1100),
}

func BenchmarkFieldEvidence(b *testing.B) {
	all := []*Detector{&field, &syslog, &path, &sentence, &cryptHash, &hostname, &person, &address}
	for _, input := range []string{"clean", "syslog", "logfmt", "json"} {
		text := []byte(benchTexts[input])
		run := func(name string, d ...*Detector) {
			b.Run("input="+input+"/detector="+name, func(b *testing.B) {
				s := scannerOf(b, d...)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s.Scan(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text))*1024, "ns/KB")
			})
		}
		run("none")
		for _, d := range all {
			run(d.Name, d)
		}
		run("all", all...)
	}
}
