package detect

import (
	"slices"
	"testing"
)

func TestFieldValues(t *testing.T) {
	testEvidence(t, []Kind{Username, Hostname, SessionID, Password, Person, Address, Geo, DeviceID, BirthDate, Gender, Cookie, APIKey, SocialHandle}, []evidenceCase{
		{"key=value", "a=1 user=zoe7 b=2", []string{"username:zoe7"}},
		{"double quotes", `user="zoe 7"`, []string{"username:zoe 7"}},
		{"single quotes", `user='zoe7', x`, []string{"username:zoe7"}},
		{"colon and space", "user: zoe7", []string{"username:zoe7"}},
		{"spaces around", "user = zoe7", []string{"username:zoe7"}},
		{"JSON", `{"a":1,"user":"zoe7"}`, []string{"username:zoe7"}},
		{"JSON with a space", `{"user" : "zoe7"}`, []string{"username:zoe7"}},
		{"JSON list", `{"users":["zoe7","kim8"],"a":1}`, []string{"username:zoe7", "username:kim8"}},
		{"JSON number", `{"lat":40.1234,"lon":-3.5}`, []string{"geo:40.1234", "geo:-3.5"}},
		{"JSON in JSON", `{"m":"{\"user\":\"zoe7\"}"}`, []string{"username:zoe7"}},
		{"JSON in JSON in JSON", `"{\\\"user\\\":\\\"zoe7\\\"}"`, []string{"username:zoe7"}},
		{"escaped quote inside", `{"user":"zo\"e"}`, []string{`username:zo\"e`}},
		{"key of the object", `{"user":{"name":"zoe7"}}`, []string{"username:zoe7"}},
		{"pair of key and value", `[{"key":"username","value":"zoe7"}]`, []string{"username:zoe7"}},
		{"angle brackets", "user=<zoe7>, x", []string{"username:zoe7"}},
		{"braces", "User: {zoe7} |", []string{"username:zoe7"}},
		{"Ruby", `{"user"=>"zoe7", :user=>"kim8", "n" => 1, "user" => "bob9"}`, []string{"username:zoe7", "username:kim8", "username:bob9"}},
		{"PHP", "Array\n(\n    [user] => zoe7\n    [password] => hunter2\n)", []string{"username:zoe7", "password:hunter2"}},
		{"Go", "user := \"zoe7\"; password := `hunter2`", []string{"username:zoe7", "password:hunter2"}},
		{"Java", "User [user=zoe7, password=hunter2] {password=hunter2)} (password=hunter(2))", []string{"username:zoe7", "password:hunter2", "password:hunter2)", "password:hunter(2)"}},
		{"make", "USER ?= zoe7\nPASSWORD := hunter2\n", []string{"username:zoe7", "password:hunter2"}},
		{"comparison with an arrow", "user <=> zoe7, user >= zoe7, user == zoe7", nil},
		{"query", "GET /a?user=zoe7&b=2", []string{"username:zoe7"}},
		{"element", "<User>zoe7</User>", []string{"username:zoe7"}},
		{"element with namespace", "<a:User>zoe7</a:User>", []string{"username:zoe7"}},
		{"property list", "<key>UDID</key>\n\t<string>66ADE930</string>", []string{"device_id:66ADE930"}},
		{"attributes", `<add key="DbPassword" value="hunter2"/><input name='user' value='zoe7'><a name="x" value="y">`, []string{"password:hunter2", "username:zoe7"}},
		{"object", "User{name='zoe7', id=7} Host(name=db7) user=zoe8 x{name=y}", []string{"username:zoe7", "hostname:db7", "username:zoe8"}},
		{"value of an object", `{"password":{"value":"hunter2"}}`, []string{"password:hunter2"}},
		{"written together", "PGPASSWORD=hunter2 psql", []string{"password:hunter2"}},
		{"scheme", "Authorization: AWS4-HMAC-SHA256 Credential=a", nil},
		{"Windows event", `<Data Name="SubjectUserName">zoe7</Data>`, []string{"username:zoe7"}},
		{"several words", "Account Name:\t\tzoe7", nil},
		{"several words, space", "Account Name: zoe7", []string{"username:zoe7"}},
		{"length before", `USERID:[4] "ZOE7"`, []string{"username:ZOE7"}},
		{"fixed width", "(user=  zoe7) x", []string{"username:zoe7"}},
		{"empty value", "ruser= rhost=  user=zoe7", []string{"username:zoe7"}},
		{"trailing point", "user=zoe7.", []string{"username:zoe7"}},
		{"domain", `user=CORP\zoe7`, []string{`username:CORP\zoe7`}},
		{"line escape", `host_name:WS7\ndatabase:x`, []string{"hostname:WS7"}},
		{"host and port", "host=db7:5432", []string{"hostname:db7"}},
		{"host of a URL", "server_name=http://db7:80/x", []string{"hostname:db7"}},
		{"hosts", `"hosts":"db7,db8"`, []string{"hostname:db7", "hostname:db8"}},
		{"password with marks", "password=p@ss,w0rd! x", []string{"password:p@ss"}},
		{"secret prose", "password: must be changed", nil},
		{"secret alone", "password: hunter", []string{"password:hunter"}},
		{"person", "first_name=Zoe&last_name=Berg", []string{"person:Zoe", "person:Berg"}},
		{"person with colon", "Full name: Zoe Berg, x", []string{"person:Zoe Berg"}},
		{"weak person", `"displayName":"Zoe Berg","displayName":"Malware"`, []string{"person:Zoe Berg"}},
		{"owner with a full name", `"owner":"Zoe Berg"`, []string{"person:Zoe Berg"}},
		{"address", "street=1 Main St,l=x", []string{"address:1 Main St"}},
		{"address that is a host", `"address":"db7.example"`, nil},
		{"birth date", "dob=1990-01-02", []string{"birth_date:1990-01-02"}},

		{"placeholder", `user=- user="" user=null user=(null) user=N/A user=***** user=%s user=${u} user=<name>`, nil},
		{"boolean", "password=true", nil},
		{"object", `{"user":{}}`, nil},
		{"other name", "user_agent=zoe7 username_attribute=zoe7 session_timeout=30", nil},
		{"drive", `user:\x`, nil},
		{"comparison", "user==zoe7", nil},
		{"namespace", "user::zoe7", nil},
		{"program", "imap-login: Aborted", nil},
		{"sentence", "user: not found", nil},
		{"address as host", "host=192.0.2.1:80", nil},
		{"weak key", `a_key=9f86d081884c7d65 b_key=some_name_here URLKey=https://192.0.2.1/a086d081884c7d65 PathKey=/v1/b086d081884c7d65`, []string{"api_key:9f86d081884c7d65"}},
		{"weak session", "session=opened", nil},
	})
}

func TestScanField(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := e.NewScanner()
	for _, c := range []struct{ name, value, want string }{
		{"user", " zoe7 ", "username:zoe7"},
		{"user", "-", ""},
		{"first_name", "Zoe", "person:Zoe"},
		{"address", "1 Main St", "address:1 Main St"},
		{"address", "up", ""},
		{"notes", "zoe7", ""},
	} {
		got := ""
		for _, m := range s.ScanField(e.Field(c.name), []byte(c.value)) {
			got = m.Kind.String() + ":" + c.value[m.Start:m.End]
		}
		if got != c.want {
			t.Errorf("%s=%q: %q, want %q", c.name, c.value, got, c.want)
		}
	}
}

func TestAgain(t *testing.T) {
	for _, c := range []evidenceCase{
		{"again", "user=zoe7 opened zoe7.txt, zoe7 left", []string{"username:zoe7", "username:zoe7"}},
		{"before", "zoe7 was let in, user=zoe7", []string{"username:zoe7", "username:zoe7"}},
		{"other line", "user=zoe7\nzoe7", []string{"username:zoe7"}},
		{"common name", "user=root cd root", []string{"username:root"}},
		{"part of a word", "user=zoe7 xzoe7 zoe77", []string{"username:zoe7"}},
		{"word as a host", "host=combo combo", []string{"hostname:combo"}},
		{"identifier", `{"device_id":"4567890123456789012","id":"4567890123456789012"}`, []string{"device_id:4567890123456789012", "device_id:4567890123456789012"}},
		{"identifier within another", "session_id=a81bc81b77 /x/a81bc81b77/y a81bc81b778", []string{"session_id:a81bc81b77", "session_id:a81bc81b77"}},
		{"short identifier", "session_id=1234567 took 1234567", []string{"session_id:1234567"}},
		{"variable", "f(session_id=cherrypy.session['id'])", nil},
	} {
		if got := spans(t, Options{Kinds: []Kind{Username, Hostname, DeviceID, SessionID}}, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
