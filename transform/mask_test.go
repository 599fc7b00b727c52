package transform

import "testing"

func TestMask(t *testing.T) {
	tests := []struct{ name, spec, in, want string }{
		{"all", "mask", "alice@example.com", "*****************"},
		{"last", "mask:keep=1", "Alice", "****e"},
		{"last by bare number", "mask:2", "Alice", "***ce"},
		{"first", "mask:keep-first=1", "Alice", "A****"},
		{"both", "mask:keep=1,keep-first=1", "Alice", "A***e"},
		{"by rune", "mask:keep=1", "Zoë", "**ë"},
		{"another character", "mask:char=•,keep=1", "Alice", "••••e"},
		{"card", "mask:keep=4", "4111-1111-1111-1234", "****-****-****-1234"},
		{"card with both ends", "mask:keep=4,keep-first=6", "4111 1111 1111 1234", "4111 11** **** 1234"},
		{"phone", "mask:keep=4", "+1 (202) 555-0143", "+* (***) ***-0143"},
		{"short phone", "mask:keep=4", "555-0143", "***-0143"},
		{"too short", "mask:keep=4", "12345", "*****"},
		{"shorter than kept", "mask:keep=4", "abc", "***"},
		{"one", "mask:keep=1", "a", "*"},
		{"shape", "mask:shape", "Alice-B.42 é٣", "xxxxx-x.00 x0"},
		{"shape and end", "mask:shape,keep=2", "AB-1234", "xx-0034"},
		{"shape of what has none", "mask:shape", "--", "error"},
		{"bytes that are no text", "mask:keep=1", "\xff\xfea\xfd", "***\xfd"},
		{"shape of such bytes", "mask:shape", "\xff-\xfe", "x-x"},
		{"separators alone", "mask", "---", "***"},
		{"nothing", "mask", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := applied(t, made(t, tt.spec), tt.in, "other"); got != tt.want {
				t.Errorf("%s of %s = %s, want %s", tt.spec, tt.in, got, tt.want)
			}
		})
	}
}

func TestRedactKeepDrop(t *testing.T) {
	tests := []struct{ name, spec, want string }{
		{"label of the kind", "redact", "[EMAIL]"},
		{"own label", "redact:label=X", "[X]"},
		{"own label, bare", "redact:GONE", "[GONE]"},
		{"keep", "keep", "alice"},
		{"drop", "drop", ""},
		{"drop the record", "drop:record", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := applied(t, made(t, tt.spec), "alice", "ALICE"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	tr, err := New(Spec{Name: "redact"}, Target{}, nil)
	if err != nil || applied(t, tr, "alice", "") != "[REDACTED]" {
		t.Errorf("without a label: %v", err)
	}
}
