package detect

import "testing"

func TestLogonNames(t *testing.T) {
	testEvidence(t, []Kind{Username}, []evidenceCase{
		{"alone", `OFFICE\zoe7`, []string{`username:OFFICE\zoe7`}},
		{"in a row", `1,192.0.2.7,198.51.100.9,OFFICE\zoe7,,dns`, []string{`username:OFFICE\zoe7`}},
		{"in JSON", `{"msg":"OFFICE-2\\zoe.quux denied"}`, []string{`username:OFFICE-2\\zoe.quux`}},
		{"at the end of a JSON line", `{"msg":"by OFFICE\\zoe7\n"}`, []string{`username:OFFICE\\zoe7`}},
		{"in a sentence", `logon of OFFICE\svc_backup$, denied`, []string{`username:OFFICE\svc_backup$`}},
		{"escape", `"FAILED\nnext", "WARN\x1b[0m", "A\u0026B", "GPS\x00"`, nil},
		{"registry", `HKLM\Software and HKEY_USERS\me`, nil},
		{"path", `C:\PROGRAM FILES\ACME\ACME SETUP\RUN.EXE \\FILES\share D:\DATA\x`, nil},
		{"regular expression", `[A-Z]\d+ \w FOO\(x`, nil},
	})
}
