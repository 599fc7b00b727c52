package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// syslog finds the host in headers of log lines, by the time before it and the
// program behind it, and the user of a web server's log line.
var syslog = Detector{
	Name:   "syslog",
	Doc:    "The host behind the time of a syslog line (RFC 3164, RFC 5424) where a program follows; the user before the time of an access log line.",
	Kinds:  []Kind{Hostname, Username},
	anchor: clockAnchor(),
	verify: verifySyslog,
}

// clockAnchor is at the first colon of hh:mm:ss.
func clockAnchor() bitmap.Expr {
	digit, colon := bitmap.In(bitmap.Digit), bitmap.In(bitmap.Colon)
	return colon.AndAt(3, colon).AndAt(-1, digit).AndAt(1, digit).AndAt(2, digit).AndAt(4, digit).AndAt(5, digit).AndNotAt(6, digit)
}

func verifySyslog(t *text, at int) int {
	start := at - 1
	for start > 0 && at-start < 2 && isDigit(t.b[start-1]) {
		start--
	}
	before := t.at(start - 1)
	if before == ':' {
		t.accessUser(start - 1)
		return 0
	}
	if before != ' ' && before != 'T' && before != '-' {
		return 0
	}
	i := at + 6
	if c := t.at(i); (c == '.' || c == ',') && isDigit(t.at(i+1)) {
		for i++; isDigit(t.at(i)) && i-at < 20; {
			i++
		}
	}
	switch c := t.at(i); {
	case c == 'Z':
		i++
	case (c == '+' || c == '-') && isDigit(t.at(i+1)):
		for i++; (isDigit(t.at(i)) || t.at(i) == ':') && i-at < 28; {
			i++
		}
	case c == ' ' && isUpper(t.at(i+1)) && isUpper(t.at(i+2)) && isUpper(t.at(i+3)) && (t.at(i+4) == ' ' || t.at(i+4) == ':' && t.at(i+5) == ' '):
		if z := string(t.b[i+1 : i+4]); z == "UTC" || z == "GMT" || z == "CET" || z == "EST" || z == "PST" {
			i += 4
		}
	}
	rfc3164 := before == ' ' && isDigit(t.at(start-2))
	if t.at(i) == ':' && rfc3164 { // Cisco writes "hh:mm:ss.mmm: "
		i++
	}
	if t.at(i) != ' ' && t.at(i) != '\t' {
		return 0
	}
	for i++; t.at(i) == ' ' && i-at < 40; {
		i++
	}
	if before == ' ' && t.at(start-4) == '-' && t.w3cRow(i) {
		return i
	}
	host := i
	for isHostByte(t.at(i)) && i-host < maxHostname {
		i++
	}
	if rfc3164 && t.at(i) == '[' { // no host: the program itself
		if next := t.programEnd(host); next != 0 {
			t.programUser(host, next)
		}
		return i
	}
	if i == host || t.at(i) != ' ' && !(t.at(i) == ':' && t.at(i+1) == ' ' && t.at(i+2) == '%') {
		return i
	}
	end := i
	// A relay or a facility before the host: "src@host", "host/host".
	relayed := false
	for j := end - 1; j > host; j-- {
		if c := t.b[j]; c == '@' || c == '/' {
			if c == '/' {
				t.hostAt(host, j)
			}
			relayed = c == '@'
			host = j + 1
			break
		}
	}
	v := t.b[host:end]
	f := formOf(v)
	if f.letters == 0 || isAddressForm(v) || isLevel(v) || !isAlnum(v[0]) || !isAlnum(v[len(v)-1]) {
		return end
	}
	if t.at(end) == ':' || relayed && rfc3164 && isMonth(t.wordBeforeDay(start-1)) {
		t.hostAt(host, end)
	}
	if t.at(end) == ':' {
		return end
	}
	program := end + 1
	for t.at(program) == ' ' && program-end < 4 {
		program++
	}
	// Some write "facility.level" between host and program.
	if j := program; isFacility(t.b[j:min(len(t.b), j+9)]) {
		for isLower(t.at(j)) || isDigit(t.at(j)) || t.at(j) == '.' {
			j++
		}
		if t.at(j) == ' ' {
			program = j + 1
		}
	}
	next := t.programEnd(program)
	if next == 0 && rfc3164 && t.hasKey(program) && isMonthDay(t.b[max(0, start-7):max(0, start-1)]) {
		t.hostAt(host, end)
		return end
	}
	if next == 0 && !t.hasProgram5424(program, before == 'T') {
		return end
	}
	t.hostAt(host, end)
	if next != 0 {
		t.programUser(program, next)
	}
	return end
}

// wordBeforeDay returns the word before the day of the month that ends at end.
func (t *text) wordBeforeDay(end int) []byte {
	i := end
	for i > 0 && end-i < 2 && isDigit(t.b[i-1]) {
		i--
	}
	for i > 0 && end-i < 4 && t.b[i-1] == ' ' {
		i--
	}
	return t.b[max(0, i-3):max(0, i)]
}

func isMonth(w []byte) bool {
	return len(w) == 3 && isUpper(w[0]) && isLower(w[1]) && isLower(w[2]) && month(w) != 0
}

// w3cRow reports the computer and the user of a row of the W3C extended log file
// format, of which i is behind date and time: site and computer or neither, the
// server's address, method, path, query, port, user, the client's address.
func (t *text) w3cRow(i int) bool {
	next := func() slot {
		start := i
		for c := t.at(i); c > ' ' && i-start < 512; c = t.at(i) {
			i++
		}
		i++
		return slot{start, i - 1, false}
	}
	var names [2]slot
	n := 0
	v := next()
	for ; !isAddressForm(t.b[v.start:v.end]); n++ {
		if n == len(names) || v.end == v.start || v.end-v.start > 64 || t.at(v.end) != ' ' {
			return false
		}
		names[n] = v
		v = next()
	}
	if m := next(); !methods.isIn(t.b[m.start:min(m.end, len(t.b))]) || t.at(i) != '/' {
		return false
	}
	if n == 2 {
		t.hostAt(names[1].start, names[1].end)
	}
	next()
	next()
	port, user, client := next(), next(), next()
	if client.end <= len(t.b) && formOf(t.b[port.start:port.end]).digits == port.end-port.start && isAddressForm(t.b[client.start:client.end]) {
		t.reportUser(user)
	}
	return true
}

// hostAt reports a host that its place shows, and takes it again before the
// time, where some collectors repeat it.
func (t *text) hostAt(start, end int) {
	if v := t.b[start:end]; len(v) > 0 && len(v) <= maxHostname && !isAddressForm(v) {
		t.report(Hostname, Named, start, end, 85)
	}
}

func isHostByte(c byte) bool {
	return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == '@' || c == '/' || c >= 0x80
}

// programEnd returns the end of what names a program, "name[pid]:", "name:",
// "name(module)[pid]:", "%FACILITY-", or 0 if none is there.
func (t *text) programEnd(i int) int {
	if t.at(i) == '%' && isUpper(t.at(i+1)) {
		return i + 1
	}
	if t.has(i, "-- ") {
		i += 3
	}
	start := i
	for c := t.at(i); (isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '@') && i-start < 64; c = t.at(i) {
		i++
	}
	if i == start && t.at(i) != '(' || isLevel(t.b[start:i]) {
		return 0
	}
	// "Google Chrome[12]": two words.
	if t.at(i) == ' ' && isUpper(t.b[start]) && isUpper(t.at(i+1)) {
		if j := t.wordEnd(i + 1); t.at(j) == '[' && isDigit(t.at(j+1)) {
			i = j
		}
	}
	if t.at(i) == '(' {
		for j := i; j-i < 48 && t.at(j) != ' ' && t.at(j) != '\n'; j++ {
			if t.at(j) == ')' {
				i = j + 1
				break
			}
		}
	}
	switch {
	case t.at(i) == '[':
		j := i + 1
		for isAlnum(t.at(j)) || t.at(j) == '-' || t.at(j) == '#' || t.at(j) == '.' {
			if j++; j-i > 40 {
				return 0
			}
		}
		if t.at(j) == ']' && j > i+1 && (t.at(j+1) == ':' || t.at(j+1) == ' ') {
			return j + 1
		}
	case t.at(i) == ':' && (t.at(i+1) == ' ' || t.at(i+1) == '\t'):
		return i
	case t.at(i) == ':' && isAlpha(t.b[start]) && isAlpha(t.at(i+1)), t.has(i, " : "):
		return i
	case t.at(i) == ' ' && isDigit(t.at(i+1)): // "syslogd 1.4.1:"
		for j := i + 1; j-i < 16 && t.at(j) != ' '; j++ {
			if t.at(j) == ':' {
				return j
			}
		}
	}
	return 0
}

// hasProgram5424 says whether "app procid msgid" is at i (RFC 5424, section 6.2):
// a procid of digits or '-', and after the message id '-', '[' or text.
func (t *text) hasProgram5424(i int, iso bool) bool {
	if !iso {
		return false
	}
	for n := 0; n < 3; n++ {
		start := i
		for c := t.at(i); c > ' ' && c < 0x7f && i-start < 64; c = t.at(i) {
			i++
		}
		if t.at(i) != ' ' || i == start {
			return false
		}
		if v := t.b[start:i]; n == 1 && string(v) != "-" && formOf(v).digits < len(v) {
			return false
		}
		i++
	}
	return true
}

// hasKey says whether "name=" is at i.
func (t *text) hasKey(i int) bool {
	start := i
	for (isWord(t.at(i)) || t.at(i) == '.') && i-start < 32 {
		i++
	}
	return i > start && t.at(i) == '='
}

// isMonthDay says whether v is "Jan  2" or "Jan 12".
func isMonthDay(v []byte) bool {
	return len(v) == 6 && isUpper(v[0]) && isLower(v[1]) && isLower(v[2]) && v[3] == ' ' && (v[4] == ' ' || isDigit(v[4])) && isDigit(v[5])
}

// isFacility says whether v starts with a syslog facility and a dot.
func isFacility(v []byte) bool {
	for i, c := range v {
		if c == '.' {
			switch string(v[:i]) {
			case "auth", "authpriv", "cron", "daemon", "kern", "lpr", "mail", "news", "syslog", "user", "uucp", "ftp",
				"local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7":
				return true
			}
			return false
		}
	}
	return false
}

// programUser reports the user that a program names first in its message.
func (t *text) programUser(program, end int) {
	name := program
	for name < end && isAlpha(t.b[name]) {
		name++
	}
	sep := byte(':')
	switch string(t.b[program:name]) {
	case "pkexec":
	case "openvpn":
		sep = '/'
	default:
		return
	}
	i := end
	for t.at(i) == ':' || t.at(i) == ' ' {
		i++
	}
	j := i
	for isUserByte(t.at(j)) && j-i < 64 {
		j++
	}
	if t.at(j) == sep && (sep == '/' && isDigit(t.at(j+1)) || t.at(j+1) == ' ') && !isProse(t.b[i:j]) {
		t.report(Username, Named, i, j, 75)
	}
}

var levels = wordsOf(`trace debug info information notice warn warning err error crit critical alert emerg emergency fatal severe panic fine finer finest
	config verbose log audit utc gmt am pm main stderr stdout all none i w e d f v t
	since until till ago before after while during and or but then to from for by`)

// isLevel says whether v is a word that stands behind a time and is no host: for
// the severity of a message, or of a sentence about times.
func isLevel(v []byte) bool { return levels.isIn(v) }

// accessUser reports user and host of "host ident user [dd/Mon/yyyy:", of which
// colon is the last byte.
func (t *text) accessUser(colon int) {
	open := colon - 12
	if t.at(open) != '[' || t.at(colon-5) != '/' || t.at(colon-9) != '/' || t.at(open-1) != ' ' {
		return
	}
	end := open - 1
	start := end
	if t.has(open-5, " - - ") && isDigit(t.at(open-6)) && t.octetsBefore(open-5) {
		return // an address, and nobody's name: most
	}
	for start > 0 && end-start < 64 && t.b[start-1] > ' ' {
		start--
	}
	ident := start - 1
	for ident > 0 && start-ident < 64 && t.b[ident-1] > ' ' {
		ident--
	}
	if t.at(start-1) != ' ' || ident >= start-1 {
		return
	}
	if v := t.b[start:end]; len(v) > 1 && v[0] != '"' && v[0] != '[' && !isPlaceholder(v) && !isAddressForm(v) {
		t.report(Username, Named, start, end, 80)
	}
	if t.at(ident-1) != ' ' {
		return
	}
	hostEnd := ident - 1
	host := hostEnd
	for host > 0 && hostEnd-host < maxHostname && isHostByte(t.b[host-1]) {
		host--
	}
	if c := t.at(host - 1); host < hostEnd && (c == 0 || c == '\n') && formOf(t.b[host:hostEnd]).letters > 0 {
		t.hostAt(host, hostEnd)
	}
}

// octetsBefore says whether nothing but digits and dots stands before end in its
// line.
func (t *text) octetsBefore(end int) bool {
	i := end
	for i > 0 && end-i < 16 && (isDigit(t.b[i-1]) || t.b[i-1] == '.') {
		i--
	}
	return i == 0 || t.b[i-1] == '\n'
}
