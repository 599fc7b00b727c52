package detect

import "testing"

func TestPath(t *testing.T) {
	testEvidence(t, []Kind{Username}, []evidenceCase{
		{"home", "open /home/zoe7/.ssh/id: denied", []string{"username:zoe7"}},
		{"end of text", "/home/zoe7", []string{"username:zoe7"}},
		{"mac", `path="/Users/zoe7/Library"`, []string{"username:zoe7"}},
		{"windows", `C:\Users\zoe7\x.txt`, []string{"username:zoe7"}},
		{"windows in JSON", `"C:\\Users\\zoe7\\x.txt"`, []string{"username:zoe7"}},
		{"windows with a space", `C:\Users\Zoe Berg\x.txt`, []string{"username:Zoe Berg"}},
		{"old windows", `C:\Documents and Settings\zoe7\x`, []string{"username:zoe7"}},
		{"resource name", "arn:aws:iam::123456789012:user/zoe7", []string{"username:zoe7"}},
		{"shared", `C:\Users\Public\x /Users/Shared/x`, nil},
		{"web page", `"GET /home/index.html HTTP/1.1"`, nil},
		{"web site", "https://example.com/home/zoe7", nil},
		{"interface", "/users/zoe7/items", nil},
	})
}
