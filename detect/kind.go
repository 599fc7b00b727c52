package detect

import (
	"fmt"
	"slices"
	"strings"
)

// A Kind is a kind of personal data. The zero Kind is none.
type Kind uint8

// The built-in kinds. Kinds from FirstCustom on are named by Options.Custom.
const (
	None Kind = iota
	Email
	Phone
	IPv4
	IPv6
	MAC
	UUID
	IMEI
	IMSI
	DeviceID
	CreditCard
	IBAN
	USSSN
	NationalID
	Username
	Hostname
	Person
	Address
	Geo
	BirthDate
	Gender
	URLUserinfo
	Cookie
	SessionID
	JWT
	APIKey
	Password
	PrivateKey
	CryptoWallet
	SocialHandle
	numKinds

	// FirstCustom is the Kind of Options.Custom[0].
	FirstCustom Kind = 64
	// MaxKinds bounds every Kind, built-in and custom: an array of that length
	// can be indexed by any.
	MaxKinds = 256
)

// A KindInfo describes a built-in kind.
type KindInfo struct {
	Kind     Kind
	Name     string // the word used everywhere: "email"
	Doc      string // what it is, in one sentence
	Standard string // the document that defines its form; "" where there is none
}

// kinds describes every built-in kind, by Kind.
var kinds = [numKinds]KindInfo{
	Email:        {Name: "email", Doc: "mailbox address", Standard: "RFC 5321, RFC 5322, RFC 6531"},
	Phone:        {Name: "phone", Doc: "telephone or fax number, international or of a given region", Standard: "ITU-T E.164, E.123"},
	IPv4:         {Name: "ipv4", Doc: "IPv4 address", Standard: "RFC 791, RFC 6943"},
	IPv6:         {Name: "ipv6", Doc: "IPv6 address in any written form, with or without zone", Standard: "RFC 4291, RFC 5952"},
	MAC:          {Name: "mac", Doc: "48-bit or 64-bit hardware address", Standard: "IEEE 802, EUI-48, EUI-64"},
	UUID:         {Name: "uuid", Doc: "universally unique identifier", Standard: "RFC 9562"},
	IMEI:         {Name: "imei", Doc: "identity of a mobile device", Standard: "3GPP TS 23.003"},
	IMSI:         {Name: "imsi", Doc: "identity of a mobile subscriber", Standard: "3GPP TS 23.003, ITU-T E.212"},
	DeviceID:     {Name: "device_id", Doc: "device identifier: UDID, Android ID, advertising id, serial number"},
	CreditCard:   {Name: "credit_card", Doc: "payment card number", Standard: "ISO/IEC 7812"},
	IBAN:         {Name: "iban", Doc: "international bank account number", Standard: "ISO 13616"},
	USSSN:        {Name: "us_ssn", Doc: "United States social security number", Standard: "SSA rules of 2011"},
	NationalID:   {Name: "national_id", Doc: "national identity or tax number with its check digits", Standard: "the issuing state's rules"},
	Username:     {Name: "username", Doc: "name of a user account", Standard: "POSIX.1-2017, section 3.437"},
	Hostname:     {Name: "hostname", Doc: "name of a computer", Standard: "RFC 952, RFC 1123"},
	Person:       {Name: "person", Doc: "name of a person"},
	Address:      {Name: "address", Doc: "postal address"},
	Geo:          {Name: "geo", Doc: "geographic coordinates", Standard: "ISO 6709"},
	BirthDate:    {Name: "birth_date", Doc: "date of birth", Standard: "ISO 8601"},
	Gender:       {Name: "gender", Doc: "gender or sex", Standard: "ISO/IEC 5218"},
	URLUserinfo:  {Name: "url_userinfo", Doc: "user name and password in a URL", Standard: "RFC 3986, section 3.2.1"},
	Cookie:       {Name: "cookie", Doc: "value of an HTTP cookie", Standard: "RFC 6265"},
	SessionID:    {Name: "session_id", Doc: "identifier of a session, call, chat or contact", Standard: "RFC 3261, section 8.1.1.4, of calls"},
	JWT:          {Name: "jwt", Doc: "JSON web token", Standard: "RFC 7519"},
	APIKey:       {Name: "api_key", Doc: "access token or API key", Standard: "RFC 6750, RFC 7617; the issuer's form"},
	Password:     {Name: "password", Doc: "password or password hash", Standard: "crypt(5), of hashes"},
	PrivateKey:   {Name: "private_key", Doc: "private key block", Standard: "RFC 7468"},
	CryptoWallet: {Name: "crypto_wallet", Doc: "address of a cryptocurrency wallet", Standard: "BIP 173, BIP 350, EIP-55, Base58Check"},
	SocialHandle: {Name: "social_handle", Doc: "handle or profile address in a social network"},
}

// Kinds describes the built-in kinds, in the order of their constants.
func Kinds() []KindInfo {
	out := make([]KindInfo, 0, numKinds-1)
	for k := None + 1; k < numKinds; k++ {
		info := kinds[k]
		info.Kind = k
		out = append(out, info)
	}
	return out
}

// ParseKind returns the built-in kind of that name.
func ParseKind(name string) (Kind, bool) {
	for k := None + 1; k < numKinds; k++ {
		if kinds[k].Name == name {
			return k, true
		}
	}
	return None, false
}

// String returns the name of a built-in kind. Engine.Name also knows the custom
// ones.
func (k Kind) String() string {
	if k > None && k < numKinds {
		return kinds[k].Name
	}
	if k == None {
		return "none"
	}
	return fmt.Sprintf("custom:%d", k-FirstCustom)
}

// labels has what stands in redactions in place of values of the built-in kinds.
var labels = func() map[string]bool {
	m := map[string]bool{}
	for _, info := range kinds[1:] {
		m[strings.ToUpper(info.Name)] = true
	}
	return m
}()

// isLabel says whether t.b[start:end] is a label in brackets, with them or
// without: a value that is gone is not found again.
func (t *text) isLabel(start, end int) bool {
	if t.at(start) == '[' {
		start++
	} else if t.at(start-1) != '[' {
		return false
	}
	if t.at(end-1) == ']' {
		end--
	}
	if start >= end || t.at(end) != ']' {
		return false
	}
	return labels[string(t.b[start:end])] || slices.ContainsFunc(t.opts.Custom, func(c Custom) bool {
		return len(c.Name) == end-start && strings.EqualFold(c.Name, string(t.b[start:end]))
	})
}
