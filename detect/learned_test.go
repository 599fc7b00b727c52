package detect

import (
	"fmt"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	var n Names
	for _, v := range []string{"bob77", "root", "is", "x", "a b", "admin", "build", strings.Repeat("x", 65)} {
		n.AddUser([]byte(v))
	}
	if n.Len() != 2 { // bob77, build
		t.Errorf("%d names", n.Len())
	}
	e, err := New(Options{Kinds: []Kind{Username}})
	if err != nil {
		t.Fatal(err)
	}
	if e, err = e.WithNames(&n); err != nil {
		t.Fatal(err)
	}
	in := []byte("bob77 (bob77) bob77. bob77x xbob77 bob77-x bob77")
	found := e.NewScanner().Scan(in)
	if len(found) != 4 {
		t.Errorf("found %d of 4", len(found))
	}
	for _, m := range found {
		if string(in[m.Start:m.End]) != "bob77" || m.Evidence() != "named elsewhere in the run" {
			t.Errorf("got %q, %s", in[m.Start:m.End], m.Evidence())
		}
	}
}

func TestSecretsAreLearned(t *testing.T) {
	var n Names
	for _, x := range []struct {
		kind  Kind
		value string
	}{
		{APIKey, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
		{Cookie, "theme=dark; sid=q8Wm3ZtY6bVr1KxP; lang=en-US; at=2026-03-14T09:26:53; back=www.example.com/a/b1c2d3e4f5g6h7"},
		{URLUserinfo, "bob:s3cr3t-9fQ2xL7vR"},
		{DeviceID, "1abcd2345b8c4151a0cb45dcfbe6d3d0"},
		// What may as well be something else.
		{Password, "12345"}, {Password, "crickets"}, {Password, "InvalidTokenException"}, {SessionID, "1517337130477"},
		{SessionID, "20260314092653589"}, {APIKey, "subscription2024"}, {DeviceID, "000000000000"}, {Cookie, "Mozilla/5.0"},
		{Email, "q8Wm3ZtY6bVr1KxQ@example.com"},
	} {
		n.AddSecrets(x.kind, []byte(x.value))
	}
	if n.Len() != 4 {
		t.Errorf("learned %d of 4: %v", n.Len(), n.set)
	}
	base, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	knowing, err := base.WithNames(&n)
	if err != nil {
		t.Fatal(err)
	}
	only, err := base.OnlyNames(&n)
	if err != nil {
		t.Fatal(err)
	}
	in := []byte("see q8Wm3ZtY6bVr1KxP, /x/q8Wm3ZtY6bVr1KxP/y id_q8Wm3ZtY6bVr1KxP-2 xq8Wm3ZtY6bVr1KxP q8Wm3ZtY6bVr1KxPz\n" +
		"key <wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY> and 1abcd2345b8c4151a0cb45dcfbe6d3d0, mail bob@example.com\n" +
		"mail q8Wm3ZtY6bVr1KxP@example.com 12345 crickets")
	want := "q8Wm3ZtY6bVr1KxP q8Wm3ZtY6bVr1KxP q8Wm3ZtY6bVr1KxP wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY 1abcd2345b8c4151a0cb45dcfbe6d3d0 "
	for _, c := range []struct {
		name string
		e    *Engine
		want string
	}{
		{"knowing", knowing, want + "bob@example.com q8Wm3ZtY6bVr1KxP@example.com"}, // which is the better match
		{"only", only, want + "q8Wm3ZtY6bVr1KxP"},
	} {
		var got []string
		for _, m := range c.e.NewScanner().Scan(in) {
			got = append(got, string(in[m.Start:m.End]))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
	for i := range MaxNames {
		n.AddSecrets(APIKey, fmt.Appendf(nil, "q8Wm3ZtY6bVr1KxP%d", i))
	}
	if n.Len() != MaxNames {
		t.Errorf("%d names, at most %d", n.Len(), MaxNames)
	}
}
