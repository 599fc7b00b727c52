package detect

import (
	"bytes"
	"testing"
)

// numberDetectors are the detectors whose anchors are runs of digits.
var numberDetectors = []*Detector{&phone, &creditCard, &iban, &ssn, &imei, &imsi, &deviceID, &geo, &birthDate, &nationalID}

func BenchmarkNumbers(b *testing.B) {
	logs := bytes.Repeat([]byte(`2024-03-05T11:22:33.123456Z web-7 app[2211]: level=info msg="request served" status=200 bytes=51234 duration=0.0123 ip=10.20.30.40 trace=4bf92f3577b34da6a3ce929d0e0e4736 user=svc
Mar  5 11:22:33 host1 sshd[8872]: Accepted publickey for deploy from 192.0.2.77 port 50122 ssh2 1709637753 17096377531234
`), 600)
	dense := bytes.Repeat([]byte("call +1 514 555 0100 or (514) 555-0101, card 4111 1111 1111 1111, 4012888888881881, ssn 536-22-1234, IBAN GB29 NWBK 6016 1331 9268 19, loc 47.6275, -122.3462 born 4 June 1976, 12345678Z\n"), 1000)
	for _, d := range numberDetectors {
		for name, text := range map[string][]byte{"log": logs, "dense": dense} {
			b.Run(d.Name+"/text="+name, func(b *testing.B) {
				e, err := New(Options{Kinds: d.Kinds})
				if err != nil {
					b.Fatal(err)
				}
				s := e.NewScanner()
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					s.Scan(text)
				}
			})
		}
	}
}
