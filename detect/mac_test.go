package detect

import "testing"

func TestMAC(t *testing.T) {
	testConformance(t, MAC, "00:00:5e:00:53:01", "00-00-5E-00-53-FF", "0011.2233.4455", "00:00:5e:ff:fe:00:53:01", "02-00-5e-10-00-00-00-01", "0200.5e10.0000.0001")
	testValues(t, []valueTest{
		{"broadcast and zero", "«ff:ff:ff:ff:ff:ff» «00:00:00:00:00:00»"},
		{"key", "hwaddr:«00:00:5e:00:53:01» mac=«00:00:5e:00:53:02»"},
		{"time", "12:34:56 12:34:56:78"},
		{"date and time", "20-01-02-10-20-30-40"},
		{"five, seven groups", "00:00:5e:00:53 00:00:5e:00:53:01:02"},
		{"fingerprint", "2d:37:6b:11:43:f8:96:08:fe:60:42:20:98:9f:75:af"},
		{"frame", "MAC=«00:00:5e:00:53:01»:«00:00:5e:00:53:02»:08:00 SRC="},
		{"mixed separators", "00:00-5e:00-53:01 0102.03:04.05ab"},
		{"not hex", "01:02:03:04:05:z0 AB:CD:EF:GH:01:02"},
		{"single digits", "1:2:3:4:5:6:7:8 1:2:3:4:5:6"},
		{"bare digits", "00005e005301"},
		{"in a UUID", "550e8400-e29b-41d4-a716-446655440000"},
		{"dash before", "wlan-«00-00-5e-00-53-01»"},
		{"dump", "00 00 5e 00 53 01 08 00 45 00"},
		{"dotted, too many", "0011.2233.4455.6677.8899"},
		{"dotted, too long", "00112.2233.44556"},
		{"over a line end", "00:00:5e:\n00:53:01"},
	}, MAC)
	testValues(t, []valueTest{{"spaces, whole text", "«00 00 5e 00 53 01»"}, {"spaces, eight", "«00 00 5e ff fe 00 53 01»"}}, MAC)
}

func TestMACNamed(t *testing.T) {
	testNamed(t, MAC, []valueTest{
		{"bare", "«00005E005301»"},
		{"bare, EUI-64", "«00005EFFFE005301»"},
		{"dots", "«00.00.5e.00.53.01»"},
		{"spaces", "x «00 00 5e 00 53 01» y"},
		{"two", "«00005e005301»,«00005e005302»"},
		{"none", "-"},
		{"a hash", "0123456789abcdef0123456789abcdef"},
	})
}

func TestMACCanonical(t *testing.T) {
	testCanonical(t, MAC, [][2]string{
		{"00-00-5E-00-53-01", "00:00:5e:00:53:01"},
		{"0000.5e00.5301", "00:00:5e:00:53:01"},
		{"00005E005301", "00:00:5e:00:53:01"},
	})
}
