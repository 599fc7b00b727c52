package transform

import "testing"

func TestGeneralise(t *testing.T) {
	tests := []struct{ name, spec, in, want string }{
		{"age", "generalise:bucket=10", "34", "30-39"},
		{"age by bare number", "generalise:10", "40", "40-49"},
		{"zero", "generalise:10", "0", "0-9"},
		{"minus zero", "generalise:10", "-0", "0-9"},
		{"below zero", "generalise:10", "-1", "-10..-1"},
		{"at the edge below zero", "generalise:10", "-10", "-10..-1"},
		{"over the edge below zero", "generalise:10", "-10.5", "-20..-11"},
		{"broken", "generalise:5", "39.99", "35-39"},
		{"broken by nothing", "generalise:5", "40.00", "40-44"},
		{"plus", "generalise:10", "+34", "30-39"},
		{"large", "generalise:1000", "123456789012345", "123456789012000-123456789012999"},
		{"too large", "generalise:10", "1234567890123456", "error"},
		{"number and unit", "generalise:10", "34 years", "error"},
		{"point alone", "generalise:10", "34.", "error"},
		{"no bucket", "generalise", "34", "error"},
		{"postal code", "generalise:digits=3", "90210", "902"},
		{"with a space", "generalise:digits=3", "H3A 1B2", "H3A"},
		{"with a separator inside", "generalise:digits=4", "+1 (202) 555-0143", "+1 (202"},
		{"no longer than kept", "generalise:digits=5", "90210", "error"},
		{"separators behind", "generalise:digits=5", "90210-", "error"},
		{"v4", "generalise", "198.51.100.7", "198.51.0.0/16"},
		{"v4 to 24", "generalise:v4=24", "198.51.100.7", "198.51.100.0/24"},
		{"v6", "generalise", "2001:db8:1::7", "2001:db8::/32"},
		{"v4-mapped", "generalise", "::ffff:198.51.100.7", "198.51.0.0/16"},
		{"6to4", "generalise:v6=48,v4=16", "2002:c633:6407::1", "2002:c633::/32"},
		{"date", "generalise", "1984-05-17", "1984"},
		{"date either way", "generalise", "03/04/1984", "1984"},
		{"month", "generalise:to=month", "17.05.1984 12:00", "1984-05"},
		{"month either way", "generalise:to=month", "03/04/1984", "error"},
		{"decade", "generalise:to=decade", "May 7, 1984", "1980s"},
		{"decade, month first", "generalise:to=decade", "3/17/1962", "1960s"},
		{"decade, no month at all", "generalise:to=decade", "33/17/1962", "error"},
		{"name", "generalise", "Alice", "error"},
		{"nothing", "generalise:10", "", "error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := applied(t, made(t, tt.spec), tt.in, ""); got != tt.want {
				t.Errorf("%s of %s = %s, want %s", tt.spec, tt.in, got, tt.want)
			}
		})
	}
	if _, err := New(mustSpec(t, "generalise:bucket=10,digits=3"), Target{}, nil); err == nil {
		t.Error("bucket and digits together are taken")
	}
}
