package detect

import "bytes"

// class says all that a cell may be.
func (r *row) class(i int) cellClass {
	c := &r.cells[i]
	if !c.judged {
		c.judged = true
		c.class |= classOf(r.t.b[c.start:c.end])
	}
	return c.class
}

// classOf says what a cell may be that tells nothing of others.
func classOf(v []byte) (c cellClass) {
	switch {
	case isPlaceholder(v):
		return cellEmpty
	case v[0] == '/' || bytes.HasPrefix(v, []byte("http")) && bytes.Contains(v, []byte("://")):
		return cellTarget
	case len(v) > maxHostname || isAddressForm(v):
		return 0
	}
	f := formOf(v)
	if f.spaces > 0 || f.letters+f.high < 2 || !isAlnum(v[0]) && v[0] < 0x80 && v[0] != '_' || cellWords.isIn(v) || isProse(v) || isLevel(v) {
		return 0
	}
	if i := bytes.IndexByte(v, '/'); i > 0 && i+1 < len(v) && bytes.IndexByte(v[i+1:], '/') < 0 {
		return cellPrincipal
	}
	if i := bytes.IndexByte(v, '@'); i > 0 && i+1 < len(v) {
		c |= cellMail
	}
	if isHostForm(v) {
		c |= cellHost
	}
	if len(v) <= maxUsername && !bytes.ContainsAny(v, "={}<>|[]") {
		c |= cellName
		if !isRandom(v) {
			c |= cellUser
		}
	}
	return c
}

func isHostForm(v []byte) bool {
	for _, b := range v {
		if !isNamePart(b) {
			return false
		}
	}
	return len(v) > 1 && v[len(v)-1] != '-' && formOf(v).letters > 0
}

// sameComputer says whether short is the NetBIOS name of the computer that long
// is the DNS name of: its first label, or all of it, in capitals.
func sameComputer(short, long []byte) bool {
	if len(short) < 3 || len(short) > 15 || len(long) < len(short) {
		return false
	}
	for i, c := range short {
		if isLower(c) || lower(c) != lower(long[i]) {
			return false
		}
	}
	return len(long) == len(short) && !bytes.Equal(short, long) || len(long) > len(short) && long[len(short)] == '.'
}

// A shapeCell is a cell of a shape: what it may be, and the kind that it then is.
type shapeCell struct {
	class cellClass
	kind  Kind
}

// rowShapes are runs of cells that say what they hold, as the protocols have it
// that such rows tell of. A cell of a kind may also be empty.
var rowShapes = [...][]shapeCell{
	{{cellUser, Username}, {cellAny, Password}, {cellFTP, None}},
	{{cellUser, Username}, {cellUser, Username}, {cellIRC, None}},
	{{cellMethod, None}, {cellHost, Hostname}, {cellTarget, None}},
	{{cellHost, Hostname}, {cellNumber, None}, {cellRRClass, None}},
	{{cellServer, Hostname}},
	{{cellFlow, None}, {cellNumber, None}, {cellHost, Hostname}, {cellMail, None}}, // RFC 5321: HELO, MAIL
	{{cellTicket, None}, {cellPrincipal, Username}, {cellPrincipal, Hostname}},
	{{cellFlow, None}, {cellName, Username}, {cellName, Hostname}, {cellAny, None}, {cellShort, None}},
	{{cellShort, Hostname}, {cellLong, Hostname}},
	{{cellFlow, None}, {cellUser, Username}, {cellMAC, None}},
	{{cellAddress, None}, {cellHost, Hostname}, {cellMAC, None}},
	{{cellMAC, None}, {cellHost, Hostname}, {cellHost | cellEmpty, Hostname}, {cellHost | cellEmpty, None}, {cellAddress | cellEmpty, None}},
	{{cellRDP, None}, {cellUser, Username}},
	{{cellSOCKS, None}, {cellNumber, None}, {cellUser, Username}},
	{{cellFlow, None}, {cellLogin, None}, {cellUser, Username}},
}

// keyOf has the place in each shape of the cell by which it is found.
var keyOf = func() (at [len(rowShapes)]int) {
	for i, shape := range &rowShapes {
		for j, c := range shape {
			if c.class&telltale != 0 && c.class != cellAny && c.class != cellFlow {
				at[i] = j
			}
		}
	}
	return at
}()

// match finds the shapes of rows in r.
func (r *row) match() {
	for i := range r.cells[:r.n] {
		c := r.cells[i].class & telltale
		if c == 0 {
			continue
		}
		for n, shape := range &rowShapes {
			if from := i - keyOf[n]; shape[keyOf[n]].class&c != 0 && from >= 0 && from+len(shape) <= r.n && r.has(shape, from) {
				r.t.reportCells(r.cells[from:], shape)
			}
		}
	}
}

// has says whether the cells from i on are of the shape, and not all empty that
// have a kind.
func (r *row) has(shape []shapeCell, i int) (full bool) {
	for j, p := range shape {
		if p.class == cellAny && p.kind == None {
			continue
		}
		c := r.class(i + j)
		if p.class != cellAny && c&p.class == 0 && (p.kind == None || c != cellEmpty) {
			return false
		}
		full = full || p.kind != None && c != cellEmpty
	}
	return full
}

func (t *text) reportCells(cells []cell, shape []shapeCell) {
	for j, p := range shape {
		start, end := cells[j].start, cells[j].end
		v := t.b[start:end]
		if p.kind == None || isPlaceholder(v) {
			continue
		}
		slash := bytes.IndexByte(v, '/')
		switch {
		case p.kind == Password:
			if bytes.IndexByte(v, '@') < 0 {
				t.report(Password, Secret, start, end, 70)
			}
		case p.class == cellPrincipal && p.kind == Username:
			t.report(Username, Named, start, start+slash, 75)
		case p.class == cellPrincipal: // service/host
			if hostServices.isIn(v[:slash]) {
				t.reportHost(start+slash+1, end)
			}
		case p.kind == Hostname:
			t.reportHost(start, end)
		default:
			t.report(p.kind, Named, start, end, 75)
		}
	}
}

// hostServices are the services whose principals name a host.
var hostServices = wordsOf(`host http ldap cifs nfs termsrv wsman rpcss gc mssqlsvc dns imap smtp ftp afpserver vnc restrictedkrbhost`)

// caller reports who made the call that a row with an id is about, between the
// numbers of both ends.
func (r *row) caller() {
	t := r.t
	for i := 1; i+1 < r.n; i++ {
		c := r.cells[i]
		if v := t.b[c.start:c.end]; t.isExtension(r.cells[i-1]) && t.isExtension(r.cells[i+1]) && r.class(i)&cellUser != 0 &&
			(formOf(v).digits > 0 || givenNames.isIn(v)) {
			t.report(Username, Named, c.start, c.end, 65)
		}
	}
}

// isExtension says whether c is as long as the numbers that people dial.
func (t *text) isExtension(c cell) bool {
	v := t.b[c.start:c.end]
	if len(v) > 0 && v[0] == '+' {
		v = v[1:]
	}
	return len(v) >= 6 && len(v) <= 15 && formOf(v).digits == len(v)
}
