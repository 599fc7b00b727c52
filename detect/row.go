package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// rowCells tells what the cells of a row hold, where the header of the table is
// elsewhere. A row is a line of cells between tabs, commas, semicolons or bars.
var rowCells = Detector{
	Name:   "row",
	Doc:    "A user, a host or a password in a row of a table whose header is elsewhere, by what the other cells look like: address, port, address, port, user; GET, host, path.",
	Kinds:  []Kind{Username, Hostname, Password},
	anchor: rowAnchor(),
	verify: verifyRow,
}

// rowAnchor is at the start of an address or a UUID that begins a cell: behind
// a byte that no class has, or, as calls are written, behind a comma and a space.
func rowAnchor() bitmap.Expr {
	hex := bitmap.In(bitmap.HexAlpha, bitmap.Digit)
	group := hex.Run(4)
	ipv6 := group.AndAt(4, bitmap.In(bitmap.Colon)).AndAt(5, hex)
	uuid := group.AndAt(8, bitmap.In(bitmap.Dash)).AndAt(13, bitmap.In(bitmap.Dash)).AndAt(18, bitmap.In(bitmap.Dash))
	return quad.Or(ipv6).Or(uuid).AndNotAt(-1, classed).Or(uuid.AndAt(-1, bitmap.In(bitmap.Space)).AndNotAt(-2, classed))
}

const (
	maxRow   = 2048 // bytes on either side of an address
	maxCells = 64
)

func verifyRow(t *text, at int) int {
	if t.tabled { // and so their header is not elsewhere
		return len(t.b)
	}
	d := t.at(at - 1)
	if d == ' ' {
		d = t.at(at - 2)
	}
	if d != '\t' && d != ',' && d != ';' && d != '|' {
		return 0
	}
	lo, hi := max(0, at-maxRow), min(len(t.b), at+maxRow)
	if j := bytes.LastIndexByte(t.b[lo:at], '\n'); j >= 0 {
		lo += j + 1
	} else if lo > 0 {
		return hi
	}
	if j := bytes.IndexByte(t.b[at:hi], '\n'); j >= 0 {
		hi = at + j
	} else if hi < len(t.b) {
		return hi
	}
	r := &t.cache.row
	r.t, r.n, r.typed, r.calls = t, 0, 0, false
	if r.cut(lo, hi, d); r.n < 4 {
		return hi
	}
	t.why = whyRow
	if r.typed > 1 {
		r.match()
	}
	if r.calls {
		r.caller()
	}
	t.why = whyForm
	return hi
}

// A row is a line cut into cells, without the quotes and blanks around them.
type row struct {
	t     *text
	n     int
	cells [maxCells]cell
	typed int  // addresses and numbers
	calls bool // a cell is a UUID
}

type cell struct {
	start, end int
	class      cellClass
	judged     bool // class has all, not only what tells of others
}

// cut finds the cells of t.b[start:end], and what the ones that tell of others are.
func (r *row) cut(start, end int, d byte) {
	for i := start; r.n < maxCells; r.n++ {
		j := bytes.IndexByte(r.t.b[i:end], d)
		to := i + j
		if j < 0 {
			to = end
		}
		c := &r.cells[r.n]
		*c = cell{start: i, end: to}
		if i < to && (r.t.b[i] <= ' ' || r.t.b[i] == '"' || r.t.b[to-1] <= ' ') {
			if c.start, c.end = r.t.trim(i, to); c.start > c.end {
				c.start, c.end = i, i
			}
		}
		r.look(c)
		if j < 0 {
			r.n++
			return
		}
		i = to + 1
	}
}

// A cellClass is a set of what a cell may be.
type cellClass uint32

const (
	cellEmpty cellClass = 1 << iota
	cellNumber
	cellAddress
	cellName      // a word that may name something
	cellUser      // and hardly a thing that machines name
	cellHost      // one that may name a host
	cellPrincipal // name/REALM
	cellMail

	cellFlow    // the second port of "address, port, address, port"
	cellRDP     // that port is the one of remote desktops
	cellSOCKS   // or of proxies (RFC 1928)
	cellMAC     // a hardware address
	cellFTP     // a command of RFC 959
	cellIRC     // one of RFC 2812
	cellMethod  // one of RFC 9110
	cellTarget  // what a method is for
	cellRRClass // the class of a resource record (RFC 1035)
	cellTicket  // a request of Kerberos (RFC 4120)
	cellLogin
	cellServer // host:port
	cellShort  // the NetBIOS name of a computer, where its DNS name follows
	cellLong   // that DNS name

	cellAny = ^cellClass(0)
	// telltale cells are found in every row: for the others they are looked at.
	telltale = cellFlow | cellRDP | cellSOCKS | cellMAC | cellFTP | cellIRC | cellMethod | cellRRClass | cellTicket | cellLogin | cellServer | cellShort
)

// words that cells hold, by what they are.
var (
	ftpCommands = wordsOf(`user pass acct cwd cdup quit rein port pasv eprt epsv type stru mode retr stor stou appe allo rest rnfr rnto abor dele rmd mkd pwd
		list nlst site syst stat noop auth pbsz prot feat size mdtm mlsd mlst`)
	ircCommands = wordsOf(`nick join part privmsg notice oper kick topic`)
	methods     = wordsOf(`get post put head delete options patch connect trace propfind`)
	// cellWords fill cells and name neither users nor hosts.
	cellWords = wordsOf(`tcp udp icmp icmp6 igmp gre esp ah sctp ipv4 ipv6 ip http https dns ssl tls smtp imap pop3 ftp ssh sip rtp ntp dhcp snmp ldap smb krb krb_tcp
		radius rdp mysql irc quic ntlm gssapi dce_rpc syslog socks allow deny drop accept reject block permit pass inbound outbound ingress egress lan wan dmz
		trust untrust internal external sf s0 s1 s2 s3 rej rsto rstr oth t f y n in out to from start end close new static dynamic arp reachable stale delay permanent
		assign renew release ack nak discover offer request inform get set login success failure c_internet web-browsing incomplete not-applicable unknown-tcp
		v1 v2 v2c v3 sslv3 tlsv10 tlsv11 tlsv12 tlsv13`)
)

// look says what c is, the last cell so far, if that tells of others. It is quick.
func (r *row) look(c *cell) {
	v := r.t.b[c.start:c.end]
	if len(v) == 0 {
		return
	}
	if r.n > 0 && r.cells[r.n-1].class == cellMethod && bytes.IndexByte(v, '.') >= 0 {
		r.cells[r.n-1].class = 0 // a host in the form of a domain is found without
	}
	switch first, last := v[0], v[len(v)-1]; {
	case isDigit(first):
		switch digits, dots, i := digitsAndDots(v); {
		case i == len(v) && dots <= 1:
			c.class = cellNumber
			r.typed++
			if r.n >= 3 && digits <= 5 && r.cells[r.n-2].class&cellNumber != 0 && r.cells[r.n-1].class&r.cells[r.n-3].class&cellAddress != 0 {
				c.class |= flowTo(v)
			}
			return
		case i == len(v) && dots == 3:
			c.class = cellAddress
			r.typed++
			return
		}
	case isUpper(first) && len(v) <= 10 && isUpper(last):
		c.class |= command(v)
	case first == 'l' && string(v) == "login":
		c.class |= cellLogin
	case isAlpha(first) && isDigit(last):
		i := len(v) - 1
		for i > 0 && len(v)-i < 6 && isDigit(v[i]) {
			i--
		}
		if v[i] == ':' && isHostForm(v[:i]) && !cellWords.isIn(v[:i]) {
			c.class |= cellServer | cellHost
		}
	}
	switch {
	case len(v) >= 3 && v[2] == ':' && len(v) == 17, len(v) == 17 && v[2] == '-' && v[14] == '-':
		c.class |= cellMAC
		r.typed++
	case isHex(v[0]) && len(v) >= 4 && (v[3] == ':' || v[4%len(v)] == ':') && isAddressForm(v):
		c.class |= cellAddress
		r.typed++
	case len(v) == 36 && v[8] == '-' && v[13] == '-' && v[18] == '-' && v[23] == '-':
		r.calls = true
	case r.n > 0 && isAlpha(v[0]):
		before := &r.cells[r.n-1]
		if short := r.t.b[before.start:before.end]; len(short) > 0 && lower(short[0]) == lower(v[0]) && sameComputer(short, v) &&
			isHostForm(v) && !cellWords.isIn(short) {
			before.class |= cellShort
			c.class |= cellLong
		}
	}
}

// digitsAndDots counts the digits and dots at the start of v; i is where they end.
func digitsAndDots(v []byte) (digits, dots, i int) {
	for i < len(v) {
		switch c := v[i]; {
		case isDigit(c):
			digits++
		case c == '.':
			dots++
		default:
			return digits, dots, i
		}
		i++
	}
	return digits, dots, i
}

// flowTo says what the service at a port tells.
func flowTo(port []byte) cellClass {
	switch string(port) {
	case "3389":
		return cellFlow | cellRDP
	case "1080":
		return cellFlow | cellSOCKS
	}
	return cellFlow
}

// command says of which protocol v, in capitals, is a word.
func command(v []byte) cellClass {
	switch string(v) {
	case "AS", "TGS":
		return cellTicket
	case "C_INTERNET":
		return cellRRClass
	}
	switch {
	case ftpCommands.isIn(v):
		return cellFTP
	case methods.isIn(v):
		return cellMethod
	case ircCommands.isIn(v):
		return cellIRC
	}
	return 0
}
