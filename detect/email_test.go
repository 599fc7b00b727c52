package detect

import "testing"

func TestEmail(t *testing.T) {
	testConformance(t, Email, "a@example.com", "first.last+tag@sub.example.co.uk", "x_y-z@xn--bcher-kva.example", "user@[192.0.2.1]", "o-k@example.museum")
	testValues(t, []valueTest{
		{"one letter", "from «a@example.com» to «b@example.org»"},
		{"trailing dot", "write to «a@example.com»."},
		{"trailing dots", "«a@example.com»..."},
		{"sentence without a space", "write to «a@example.com».Then wait"},
		{"plus tag", "«a+b.c@example.com»"},
		{"upper case", "«A.B@EXAMPLE.COM»"},
		{"angle brackets", "user=<«a@example.com»>"},
		{"key", "set_id=«a@example.com»"},
		{"list", "«a@example.com»,«b@example.com»;«c@example.com»"},
		{"mailto", `href="mailto:«a@example.com»?subject=x"`},
		{"address literal", "<«a@[192.0.2.1]»>"},
		{"address literal of IPv6", "<«a@[IPv6:2001:db8::1]»>"},
		{"host that is an address", "sip:100@192.0.2.1"},
		{"quoted local part", `<«"a b"@example.com»>`},
		{"quoted local part in JSON", `{"to":"«\"a b\"@example.com»"}`},
		{"quotes around", `"«a@example.com»"`},
		{"single quotes around", `'«a@example.com»'`},
		{"python bytes", `b'«a@example.com»'`},
		{"apostrophe", "to «o'neil@example.com»"},
		{"slash in angle brackets", "to=<«a/b=c@example.com»>"},
		{"percent-encoded at sign", "/u?mail=«a%40example.com»&x=1"},
		{"percent-encoded all over", "mail%3D«a%2Bb%40example.com»%26x"},
		{"percent-encoded space before", "to%20«a@example.com»"},
		{"no at sign", "100%40 of it"},
		{"JSON escapes", `"x\n«nora@example.com»\nend"`},
		{"JSON brackets", `"\u003c«a@example.com»\u003e"`},
		{"domain account in JSON", `{"u":"corp\\«test@example.com»"}`},
		{"VERP", "from «list+user=example.org@example.com»"},
		{"sender rewriting", "from=«SRS0=abc=de=example.org=user@example.com»"},
		{"batv", "<«prvs=0123=user@example.com»>"},
		{"guest account", `"upn":"«user_example.org#EXT#@corp.example.com»"`},
		{"service principal", `"«http/www.example.com@corp.example.com»"`},
		{"international domain", "«user@bücher.de»"},
		{"international all over", "«dömi@bücher.de»"},
		{"international TLD", "«пример@пример.рф»"},
		{"no spaces around, as in Chinese", "请联系«user@example.com»谢谢"},
		{"special TLD", "«a@mail.localdomain»"},
		{"localhost", "for «someone@localhost» ok"},
		{"root at localhost", "orig_to=root@localhost"},
		{"host without a dot", "to=<«someone@myhost»>"},
		{"host without a dot, bare", "ssh someone@myhost"},
		{"package and version", "left-pad@1.2.3 lodash@4.17.21"},
		{"module and version", "k8s.io/klog/v2@v2.3.0"},
		{"picture", "icon@2x.png logo@3x.jpg"},
		{"library", "android.hidl.token@1.0.so x@4.0-impl.so"},
		{"systemd unit", "getty@tty1.service user@1000.service"},
		{"git over ssh", "git@github.com:a/b.git"},
		{"URL user", "https://someone@example.com/ ftp://a:b@example.com/"},
		{"algorithm", "umac-64-etm@openssh.com,curve25519-sha256@libssh.org"},
		{"message id by key", "Message-ID: <20260101@example.com> message-id=<x@example.com>"},
		{"message id by shape", "for <20260102030405.1234abcd5678ef@mail.example.com>"},
		{"message id in reply", `"in_reply_to":"<abc@example.com>"`},
		{"address after a message key", `"messageId":"«someone@example.com»"`},
		{"envelope sender with digits", "from=<«bounce-1234567-890123-ab12cd34@example.com»>"},
		{"no local part", "@example.com ,@example.com"},
		{"social handle", "@someone said"},
		{"two at signs", "«a@example.com»@example.org"},
		{"dots first", "..«a@example.com»"},
		{"file suffix", "a@b.json"},
		{"name goes on after a dash", "«a@example.com»-Shared-1"},
		{"name goes on after a line below", "«a@example.com»_shared"},
		{"bracket", "«a@example.com»(x)"},
		{"member of an object", "@app.route(x) self@obj.info(x) a@obj.name_x"},
		{"over a line end", "someone@\nexample.com"},
	}, Email)
}

func TestEmailNamed(t *testing.T) {
	testNamed(t, Email, []valueTest{
		{"plain", "«a@example.com»"},
		{"host without a dot", "«someone@myhost»"},
		{"in brackets", "A B <«someone@myhost»>"},
		{"no host", "someone@local"},
		{"broken domain", "someone@myhost. com"},
		{"none", "-"},
		{"a name only", "someone"},
		{"two", "«a@example.com»,«b@example.com»"},
	})
}

func TestEmailCanonical(t *testing.T) {
	testCanonical(t, Email, [][2]string{
		{"A.B+c@Example.COM", "a.b+c@example.com"},
		{"a%40EXAMPLE.com", "a@example.com"},
		{"user@Bücher.example", "user@xn--bcher-kva.example"},
	})
}

func testCanonical(t *testing.T, k Kind, tests [][2]string) {
	for _, test := range tests {
		if got := string(AppendCanonical([]byte("x"), k, []byte(test[0]))); got != "x"+test[1] {
			t.Errorf("%s: got %q, want %q", test[0], got[1:], test[1])
		}
	}
}
