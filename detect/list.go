package detect

// list has every detector. To add one: write its file and its test, and add a
// line here.
var list = []*Detector{
	&email,
	&phone,
	&creditCard,
	&iban,
	&ssn,
	&imei,
	&imsi,
	&deviceID,
	&geo,
	&birthDate,
	&gender,
	&ipv4,
	&ipv6,
	&mac,
	&uuid,
	&urlUserinfo,
	&jwt,
	&apiKey,
	&cookie,
	&privateKey,
	&cryptoWallet,
	&nationalID,
	&field,
	&username,
	&hostname,
	&sessionID,
	&password,
	&person,
	&address,
	&socialHandle,
	&syslog,
	&path,
	&sentence,
	&cryptHash,
	&urlHost,
	&computerName,
	&flag,
	&encoded,
	&base64Text,
	&learned,
}

// List returns the detectors.
func List() []*Detector { return list }
