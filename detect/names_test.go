package detect

import "testing"

func TestField(t *testing.T) {
	weak := func(k Kind) Field { return Field{Kind: k, Weak: true} }
	sure := func(k Kind) Field { return Field{Kind: k} }
	for _, c := range []struct {
		name string
		want Field
	}{
		{"user", sure(Username)},
		{"user.name", sure(Username)},
		{"sourceUserName", sure(Username)},
		{"src_user", sure(Username)},
		{"cs-username", sure(Username)},
		{"TargetUserName", sure(Username)},
		{"Account Name", sure(Username)},
		{"process.user.name", sure(Username)},
		{"user_id", weak(Username)},
		{"owner", weak(Username)},
		{"host.name", sure(Hostname)},
		{"HostName", sure(Hostname)},
		{"WorkstationName", sure(Hostname)},
		{"server_dns_computer_name", sure(Hostname)},
		{"X-Forwarded-Host", sure(Hostname)},
		{"destination.domain", weak(Hostname)},
		{"client_ip", sure(IPv4)},
		{"id.orig_h", sure(IPv4)},
		{"clientMac", sure(MAC)},
		{"traits.email", sure(Email)},
		{"faxNumber", sure(Phone)},
		{"msisdn", sure(Phone)},
		{"calling-station-id", sure(Phone)},
		{"device.ifa", sure(DeviceID)},
		{"didsha1", sure(DeviceID)},
		{"anonymousId", sure(DeviceID)},
		{"SerialNumber", sure(DeviceID)},
		{"device.geo.lat", sure(Geo)},
		{"location", weak(Geo)},
		{"first_name", sure(Person)},
		{"billing.lastName", sure(Person)},
		{"contact.name", sure(Person)},
		{"MothersMaiden", sure(Person)},
		{"mothersMaidenName", sure(Person)},
		{"displayName", weak(Person)},
		{"street", sure(Address)},
		{"address1", weak(Address)},
		{"shippingAddress", sure(Address)},
		{"date_of_birth", sure(BirthDate)},
		{"birthdate", sure(BirthDate)},
		{"user.yob", sure(BirthDate)},
		{"gender", sure(Gender)},
		{"PHPSESSID", sure(SessionID)},
		{"sip.call_id", sure(SessionID)},
		{"conversationId", sure(SessionID)},
		{"sid", weak(SessionID)},
		{"db_password", sure(Password)},
		{"userPassword", sure(Password)},
		{"X-Api-Key", sure(APIKey)},
		{"Authorization", sure(APIKey)},
		{"Set-Cookie", sure(Cookie)},
		{"cc_number", sure(CreditCard)},
		{"ssn", sure(USSSN)},
		{"iban", sure(IBAN)},
		{"twitter_handle", sure(SocialHandle)},

		{"certificate.serial", Field{}},
		{"user_agent", Field{}},
		{"username_attribute", Field{}},
		{"session_timeout", Field{}},
		{"file_name", Field{}},
		{"event.name", Field{}},
		{"name", Field{}},
		{"process.name", Field{}},
		{"host.os.name", Field{}},
		{"domain_id", Field{}},
		{"email_count", Field{}},
		{"phone_model", Field{}},
		{"has_password", Field{}},
		{"max_user", Field{}},
		{"hostage", Field{}},
		{"superuser_reserved_connections", Field{}},
		{"", Field{}},
		{"___", Field{}},
		{"adafruitKey", Field{Kind: APIKey, Weak: true}},
		{"cache_key", Field{}},
		{"key", Field{}},
	} {
		e, _ := New(Options{})
		if got := e.Field(c.name); got != c.want {
			t.Errorf("%q: %v %v, want %v %v", c.name, got.Kind, got.Weak, c.want.Kind, c.want.Weak)
		}
	}
}

func TestFieldOfUser(t *testing.T) {
	e, err := New(Options{Fields: map[string]Kind{"Ticket": SessionID, "user": None, "a.b": Person, "k1": Username}})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]Kind{"ticket": SessionID, "TICKET": SessionID, "meta.ticket": SessionID, "user": None, "request.user": None,
		"a.b": Person, "x.a.b": None, "k1": Username, "user_name": Username} {
		if got := e.Field(name).Kind; got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
	for text, want := range map[string]string{"ticket=AB-77-x": "session_id:AB-77-x", "user=bob": "", "k1=bob": "username:bob"} {
		got := spans(t, Options{Fields: e.opts.Fields}, text)
		if (want == "") != (len(got) == 0) || want != "" && got[0] != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestNamesMarked holds that the filter lets every name through that means
// something: a name that it refuses is not found in text.
func TestNamesMarked(t *testing.T) {
	n := newNameTable(nil)
	for seq := range standard {
		b := []byte(" " + seq)
		l := len(b)
		i := endIndex(b[l-3], b[l-2], b[l-1])
		if n.ends[i/64]>>(i%64)&1 == 0 {
			t.Errorf("%q is refused", seq)
		}
	}
	for w, parts := range compounds {
		if _, ok := standard[parts]; !ok {
			continue
		}
		i := endIndex(w[len(w)-3], w[len(w)-2], w[len(w)-1])
		if n.ends[i/64]>>(i%64)&1 == 0 {
			t.Errorf("%q is refused", w)
		}
	}
}
