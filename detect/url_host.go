package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// urlHost finds hosts of URLs that are no public domains: names of a local
// network.
var urlHost = Detector{
	Name:   "url_host",
	Doc:    "The host of a URL that is not a public domain, as in tcp://db1:5432.",
	Kinds:  []Kind{Hostname},
	anchor: bitmap.In(bitmap.Colon).AndAt(1, bitmap.In(bitmap.Slash)).AndAt(2, bitmap.In(bitmap.Slash)).AndAt(-1, alnums).AndAt(3, alnums),
	verify: verifyURLHost,
}

// hostSchemes are the schemes whose authority is a host.
var hostSchemes = wordsOf(`http https tcp udp ldap ldaps hive2 mysql mariadb postgres postgresql redis rediss amqp amqps mongodb ftp ftps sftp ssh ws wss rtsp smb nfs hdfs
	spark kafka zk zookeeper nats mqtt mqtts imap imaps smtp smtps pop3 telnet vnc rdp git svn jdbc sqlserver oracle thin ssl tls grpc rsync cifs sip sips webhdfs`)

func verifyURLHost(t *text, at int) int {
	scheme := at
	for scheme > 0 && at-scheme < 16 && isAlnum(t.b[scheme-1]) {
		scheme--
	}
	if s := t.b[scheme:at]; string(s) != "http" && string(s) != "https" && !hostSchemes.isIn(s) || t.at(scheme-1) == '+' && t.at(scheme-2) != '=' {
		return 0
	}
	start := at + 3
	end := t.labelsEnd(start)
	// Most are public, or addresses.
	if c := t.at(end); (c == '/' || c == '"') && (isFQDN(t.b[start:end]) || isAddressForm(t.b[start:end])) {
		return 0
	}
	// user@host, user:password@host
	i := end
	for c := t.at(i); c > ' ' && c != '/' && c != '"' && c != '@' && c != '<' && c != '>' && i-start < 128; c = t.at(i) {
		i++
	}
	if t.at(i) == '@' {
		start = i + 1
		end = t.labelsEnd(start)
	}
	if c := t.at(end); c == '@' || c == '%' || c == '$' || c == '{' || c == '(' || c >= 0x80 || c == ':' && !isDigit(t.at(end+1)) && t.at(end+1) > ' ' {
		return 0
	}
	if v := t.b[start:end]; len(v) > 1 && formOf(v).letters > 0 && !isPlaceholder(v) && !isAddressForm(v) && !isFQDN(v) {
		t.report(Hostname, Shaped, start, end, 70)
	}
	return 0
}

// labelsEnd returns the end of a host name at i.
func (t *text) labelsEnd(i int) int {
	start := i
	for (isWord(t.at(i)) || t.at(i) == '-' || t.at(i) == '.' && isAlnum(t.at(i+1))) && i-start < maxHostname {
		i++
	}
	return i
}
