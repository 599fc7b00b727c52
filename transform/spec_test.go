package transform

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestParseSpec(t *testing.T) {
	tests := []struct {
		name, in string
		want     string // "" where in comes back
		err      string
	}{
		{name: "no arguments", in: "redact"},
		{name: "key and value", in: "mask:keep=1"},
		{name: "two", in: "truncate:v4=24,v6=48"},
		{name: "main parameter", in: "truncate:24"},
		{name: "flag", in: "mask:shape"},
		{name: "flag and value", in: "drop:record=true"},
		{name: "spaces", in: " mask : keep=1 , char=# ", want: "mask:keep=1,char=#"},
		{name: "equals in value", in: "mask:char=="},
		{name: "near name", in: "hsah", err: "unknown transform: did you mean hash"},
		{name: "far name", in: "alice@example.com", err: "unknown transform: know redact, "},
		{name: "no name", in: "", err: "unknown transform: know"},
		{name: "near parameter", in: "mask:kepe=1", err: "mask: unknown parameter kepe: did you mean keep"},
		{name: "prefix of parameter", in: "truncate:deci=1", err: "did you mean decimals"},
		{name: "far parameter", in: "mask:zzzzz=1", err: "mask: unknown parameter zzzzz: know keep, keep-first, char, shape"},
		{name: "parameter that is none", in: "mask:Alice Smith=1", err: "mask: unknown parameter: know keep"},
		{name: "no parameters", in: "keep:x", err: "keep: takes no parameters"},
		{name: "no value", in: "mask:keep=", err: "mask: parameter keep has no value"},
		{name: "name alone of a value", in: "mask:keep", err: "mask: parameter keep has no value"},
		{name: "twice", in: "mask:1,keep=2", err: "mask: parameter keep stands twice"},
		{name: "nothing after colon", in: "mask:", err: "mask: an argument is missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, err := ParseSpec(tt.in)
			if tt.err != "" {
				if err == nil || !strings.HasPrefix(err.Error(), tt.err) && !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := tt.want
			if want == "" {
				want = tt.in
			}
			if got := spec.String(); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestSpecAsksOfTheCaller(t *testing.T) {
	for in, want := range map[string][2]bool{
		"keep": {true, false}, "drop": {}, "drop:record": {false, true},
		"drop:record=false": {}, "redact:record": {},
	} {
		spec := mustSpec(t, in)
		if got := [2]bool{spec.Keeps(), spec.DropsRecord()}; got != want {
			t.Errorf("%s: keeps, drops record = %v, want %v", in, got, want)
		}
	}
}

func TestSpecText(t *testing.T) {
	var s Spec
	if err := s.UnmarshalText([]byte("mask:shape,keep=2")); err != nil {
		t.Fatal(err)
	}
	if text, _ := s.MarshalText(); string(text) != "mask:shape,keep=2" {
		t.Errorf("got %q", text)
	}
	if err := s.UnmarshalText([]byte("mask:x=1")); err == nil || s.Name != "mask" {
		t.Errorf("error %v, spec %v", err, s)
	}
}

func FuzzParseSpec(f *testing.F) {
	for _, s := range []string{"mask:keep=1", "truncate:24", "drop:record", ":", "mask:,", "redact:X=Y", "hash:bits=64,kid"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		spec, err := ParseSpec(in)
		if err != nil {
			return
		}
		again, err := ParseSpec(spec.String())
		if err != nil || again.String() != spec.String() || len(again.Args) != len(spec.Args) {
			t.Fatalf("%q gives %q, which gives %q: %v", in, spec, again, err)
		}
		for i := range spec.Args {
			if again.Args[i] != spec.Args[i] {
				t.Fatalf("%q: argument %d differs", in, i)
			}
		}
		New(spec, Target{Label: "X", Domain: "x"}, testKeys())
	})
}

func TestNewRefuses(t *testing.T) {
	tests := []struct{ name, in, err string }{
		{"too large", "mask:keep=100000", "mask: parameter keep wants a whole number from 0 to 1000"},
		{"no number", "truncate:v4=abc", "truncate: parameter v4 wants a whole number from 0 to 32"},
		{"no word of it", "truncate:century", "truncate: parameter to wants"},
		{"wide character", "mask:char=ab", "mask: parameter char wants one printable character"},
		{"few bits", "hash:bits=8", "hash: parameter bits wants a whole number from 32 to 256"},
		{"bits before key", "hash:bits=8", "bits"},
		{"brackets", "redact:[X]", "redact: parameter label wants"},
		{"flag that is none", "mask:shape=maybe", "mask: parameter shape wants one of true, false"},
		{"record that is none", "drop:record=maybe", "drop: parameter record wants"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(mustSpec(t, tt.in), Target{Label: "EMAIL"}, nil)
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
			if errors.Is(err, ErrNoKey) {
				t.Error("asks for a key before it says what is wrong")
			}
		})
	}
	for _, info := range List() {
		_, err := New(Spec{Name: info.Name}, Target{Label: "X", Domain: "x"}, nil)
		if errors.Is(err, ErrNoKey) != info.NeedsKey {
			t.Errorf("%s without a key: error %v, needs key %v", info.Name, err, info.NeedsKey)
		}
		if _, err := New(Spec{Name: info.Name, Args: []Arg{{Name: "nix", Value: "1"}}}, Target{}, testKeys()); err == nil {
			t.Errorf("%s takes an unknown parameter", info.Name)
		}
	}
}

func TestListIsDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, info := range List() {
		if info.Name == "" || info.Doc == "" || info.Preserves == "" || info.Attacks == "" || seen[info.Name] {
			t.Errorf("%q: undocumented or twice", info.Name)
		}
		seen[info.Name] = true
		if !strings.HasSuffix(strings.SplitN(info.Doc, ": ", 2)[0], ".") && !strings.Contains(info.Doc, ": ") {
			t.Errorf("%s: doc is no sentence", info.Name)
		}
		mains := 0
		for _, p := range info.Params {
			if p.Doc == "" || !isName(p.Name) && p.Name != "v4" && p.Name != "v6" {
				t.Errorf("%s: parameter %q undocumented or no name", info.Name, p.Name)
			}
			if p.Main {
				mains++
			}
			if p.Flag && p.Default != "false" {
				t.Errorf("%s: flag %s has default %q", info.Name, p.Name, p.Default)
			}
		}
		if mains > 1 {
			t.Errorf("%s: %d main parameters", info.Name, mains)
		}
		file := strings.ReplaceAll(info.Name, "-", "") + ".go"
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s has no file %s", info.Name, file)
		}
	}
	for _, name := range []string{"redact", "mask", "truncate", "hash", "encrypt", "fpe", "ip-prefix",
		"shift", "generalise", "keep", "drop"} {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

func mustSpec(t testing.TB, s string) Spec {
	t.Helper()
	spec, err := ParseSpec(s)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// testKeys gives the same keys each time.
func testKeys() *Keys {
	key := make([]byte, MinKeyLen)
	for i := range key {
		key[i] = byte(i*7 + 1)
	}
	keys, err := NewKeys(key)
	if err != nil {
		panic(err)
	}
	return keys
}

// made makes a transform for e-mail addresses.
func made(t testing.TB, spec string) Transform {
	t.Helper()
	tr, err := New(mustSpec(t, spec), Target{Label: "EMAIL", Domain: "email"}, testKeys())
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// applied gives what stands for text, or "error".
func applied(t testing.TB, tr Transform, text, canonical string) string {
	t.Helper()
	out, err := tr.Append([]byte("<"), Value{Text: []byte(text), Canonical: []byte(canonical)})
	if err != nil {
		if string(out) != "<" {
			t.Errorf("error and a changed dst %q", out)
		}
		return "error"
	}
	return strings.TrimPrefix(string(out), "<")
}
