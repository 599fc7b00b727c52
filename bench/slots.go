package bench

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// slots are the words that templates may write in braces.
var slots = map[string]*slot{
	"email":         {typ: "EMAIL", role: gold, alt: []string{"USERNAME"}, value: mailbox("@")},
	"email_percent": {typ: "EMAIL", role: gold, value: mailbox("%40")},
	"phone":         {typ: "PHONE", role: gold, value: phone},
	"phone_bare":    {typ: "PHONE", role: gold, value: filled("\\1514555\\0\\100", "514555\\0\\100", "442\\07\\946\\0000")},
	"ipv4":          {typ: "IPV4", role: gold, value: ipv4},
	"ipv6":          {typ: "IPV6", role: gold, value: ipv6},
	"mac":           {typ: "MAC", role: gold, value: mac},
	"mac_bare":      {typ: "MAC", role: gold, value: filled("hhhhhhhhhhhh", "HHHHHHHHHHHH")},
	"uuid":          {typ: "UUID", role: gold, alt: []string{"DEVICE_ID", "SESSION_ID"}, value: uuid},
	"imei":          {typ: "IMEI", role: gold, value: imei},
	"imsi":          {typ: "IMSI", role: gold, value: imsi},
	"device_id":     {typ: "DEVICE_ID", role: gold, value: deviceID},
	"credit_card":   {typ: "CREDIT_CARD", role: gold, value: card},
	"iban":          {typ: "IBAN", role: gold, value: iban},
	"us_ssn":        {typ: "US_SSN", role: gold, value: ssn},
	"username":      {typ: "USERNAME", role: gold, value: username},
	"hostname":      {typ: "HOSTNAME", role: gold, value: hostname},
	"host_ip":       {typ: "HOSTNAME", role: gold, value: filled("ip-\\1\\0-0-90-90", "ip-\\172-3\\1-0-90.ec2.internal")},
	"person":        {typ: "PERSON", role: gold, value: person},
	"address":       {typ: "ADDRESS", role: gold, value: address},
	"geo":           {typ: "GEO", role: gold, value: geo},
	"latitude":      {typ: "GEO", role: gold, value: degrees(90)},
	"longitude":     {typ: "GEO", role: gold, value: degrees(180)},
	"birth_date":    {typ: "DATE_OF_BIRTH", role: gold, value: birthDate},
	"gender":        {typ: "GENDER", role: gold, value: gender},
	"userinfo":      {typ: "URL_USERINFO", role: gold, alt: []string{"PASSWORD"}, value: userinfo},
	"cookie":        {typ: "COOKIE", role: gold, alt: []string{"SESSION_ID"}, value: cookie},
	"session_id":    {typ: "SESSION_ID", role: gold, value: sessionID},
	"sip_call_id":   {typ: "SESSION_ID", role: gold, value: sipCallID},
	"jwt":           {typ: "JWT", role: gold, alt: []string{"API_KEY"}, value: jwt},
	"api_key":       {typ: "API_KEY", role: gold, value: apiKey},
	"api_hex":       {typ: "API_KEY", role: gold, value: filled(strings.Repeat("h", 40), strings.Repeat("h", 32))},
	"password":      {typ: "PASSWORD", role: gold, value: password},
	"private_key":   {typ: "PRIVATE_KEY", role: gold, value: privateKey("\n")},
	"key_escaped":   {typ: "PRIVATE_KEY", role: gold, value: privateKey(`\n`)},
	"wallet":        {typ: "CRYPTO", role: gold, value: wallet},
	"handle":        {typ: "SOCIAL_HANDLE", role: gold, alt: []string{"USERNAME"}, value: handle},

	// Whether a public name is a computer's name is a matter of taste.
	"site":      {typ: "HOSTNAME", role: unknown, value: oneOf("www.example.com", "api.example.com", "docs.example.org", "cdn.example.net")},
	"network":   {typ: "HOSTNAME", role: unknown, value: oneOf("twitter.com", "www.instagram.com", "github.com")},
	"theme":     {typ: "COOKIE", role: unknown, value: oneOf("dark", "light")},
	"root":      {typ: "USERNAME", role: unknown, value: oneOf("root", "admin", "nobody")},
	"localhost": {typ: "*", role: unknown, value: oneOf("127.0.0.1", "localhost", "::1", "0.0.0.0")},

	"version":     {typ: "VERSION", role: trap, value: filled("9.90.0.0", "8.5.\\1.2", "9.0.90.0", "\\120.\\0.\\0.\\0", "2.9.0.9")},
	"oid":         {typ: "NUMBER", role: trap, value: filled("\\1.3.6.\\1.4.\\1.9000.90", "2.5.29.\\17", "\\1.2.8\\4\\0.\\1\\13549")},
	"section":     {typ: "NUMBER", role: trap, value: filled("9.9.9.9", "3.\\1.9.2")},
	"scope":       {typ: "MESSAGE_ID", role: trap, value: oneOf("std::string", "boost::asio::ip", "App::Cache::add", "a::b", "::")},
	"clock":       {typ: "TIMESTAMP", role: trap, value: filled("\\10:20:30", "\\10:20:30.000", "\\10:20:30:40", "00d 2\\0:3\\1:\\10")},
	"fingerprint": {typ: "HASH", role: trap, value: either(filled(colons(16), colons(20)), filled(strings.ToUpper(colons(32))))},
	"digest":      {typ: "HASH", role: trap, value: filled(strings.Repeat("h", 40), strings.Repeat("h", 64), strings.Repeat("h", 32), "hhhhhhh")},
	"cert_serial": {typ: "HASH", role: trap, value: filled(strings.Repeat("H", 32), strings.Repeat("H", 38))},
	"trace":       {typ: "HASH", role: trap, value: filled(strings.Repeat("h", 32), strings.Repeat("h", 16))},
	"epoch":       {typ: "TIMESTAMP", role: trap, value: filled("\\16\\90000000", "\\17\\0000000000")},
	"order":       {typ: "NUMBER", role: trap, value: either(filled("90000000", "\\1\\0\\0000000", "ORD-9000-000000", "2\\024-000-000000"), notACard)},
	"asset":       {typ: "MESSAGE_ID", role: trap, value: filled("icon@2x.png", "logo-9@3x.png", "lodash@4.\\17.20", "react@\\18.2.\\0", "@types/node@20.9.0")},
	"mount":       {typ: "MESSAGE_ID", role: trap, value: oneOf("user@1000.service", "getty@tty1.service", "foo@bar", "@Override", "HEAD@{1}")},
	"size":        {typ: "NUMBER", role: trap, value: filled("9000000000", "900 000 000", "9,000,000,000", "0.0000000000", "0x00007fhhhhhhhhhh")},

	"pid":     {value: number(100, 65000)},
	"port":    {value: number(1024, 65535)},
	"number":  {value: number(1, 1000000)},
	"small":   {value: number(1, 500)},
	"status":  {value: oneOf("200", "200", "200", "204", "301", "304", "404", "500", "503")},
	"method":  {value: oneOf("GET", "GET", "GET", "POST", "PUT")},
	"path":    {value: oneOf("/", "/index.html", "/api/v2/items", "/static/app.js", "/health", "/login", "/img/banner.webp")},
	"level":   {value: oneOf("INFO", "INFO", "INFO", "WARN", "DEBUG", "ERROR")},
	"service": {value: oneOf("checkout", "billing", "gateway", "search", "worker", "scheduler")},
	"class":   {value: oneOf("o.s.web.servlet.DispatcherServlet", "c.e.cache.CacheLoader", "io.netty.channel.nio", "kafka.server.ReplicaManager")},
	"words":   {value: words},
	"iso":     {value: stamp(time.RFC3339)},
	"iso_ms":  {value: stamp("2006-01-02 15:04:05.000")},
	"bsd":     {value: stamp(time.Stamp)},
	"clf":     {value: stamp("02/Jan/2006:15:04:05 -0700")},
	"nginx":   {value: stamp("2006/01/02 15:04:05")},
	"agent": {value: oneOf(`Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36`,
		`curl/8.5.0`, `Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15`, `okhttp/4.12.0`)},
}

func init() {
	for _, n := range nationals {
		slots[n.slot] = &slot{typ: "NATIONAL_ID", role: gold, value: n.value}
	}
}

// colons is a pattern of n groups of two hex digits.
func colons(n int) string { return strings.TrimSuffix(strings.Repeat("hh:", n), ":") }

func number(from, to int) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte {
		return strconv.AppendInt(dst, int64(from+rng.IntN(to-from)), 10)
	}
}

// notACard appends sixteen digits that fail Luhn's check.
func notACard(rng *rand.Rand, dst []byte) []byte {
	n := fill(rng, nil, "90000000000000\\0")
	return append(append(dst, n...), '0'+(luhnDigit(n)-'0'+1+byte(rng.IntN(9)))%10)
}

// epoch0 is when generated lines begin.
var epoch0 = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

func stamp(layout string) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte {
		return epoch0.Add(time.Duration(rng.IntN(30*86400*1000))*time.Millisecond).AppendFormat(dst, layout)
	}
}

// vocabulary is of the words that logs are made of.
var vocabulary = strings.Fields(`connection closed by peer timeout while reading response header from upstream
	cache miss loading segment flushed to disk request completed worker started queue depth below threshold retry
	scheduled for next interval configuration reloaded without errors snapshot written index rebuilt in background
	task finished batch committed partition assigned leader elected session expired token refreshed`)

func words(rng *rand.Rand, dst []byte) []byte {
	for i := range 3 + rng.IntN(9) {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, pick(rng, vocabulary)...)
	}
	return dst
}

// fieldTemplates are lines made of a field's name and a slot, of which no list
// need be written by hand.
func fieldTemplates(format string) []string {
	var out []string
	for _, c := range columnNames {
		inJSON := strings.ReplaceAll(c.value, "private_key", "key_escaped")
		if format == "text" {
			out = append(out, fmt.Sprintf(`ts={iso} level={level} svc={service} %s="%s" msg="{words}"`, c.name, c.value))
			out = append(out, fmt.Sprintf(`{iso_ms} {level} [{service}] {"event":"{service}","%s":"%s","took":{small}}`, c.name, inJSON))
			continue
		}
		out = append(out, fmt.Sprintf(`{"ts":"{iso}","level":"{level}","%s":"%s","msg":"{words}"}`, c.name, inJSON))
	}
	return out
}
