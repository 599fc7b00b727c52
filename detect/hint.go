package detect

// Word evidence: what the words just before a place say of the value there.

// A hint is a set of meanings that words may have.
type hint uint16

const (
	hintPhone hint = 1 << iota
	hintCard
	hintSSN
	hintIMEI
	hintIMSI
	hintDevice
	hintGeo
	hintBirth
	hintID
	hintBank
	hintPerson // my, your, his: what follows belongs to someone
	hintNumber // number, no: says only that there is one
	hintFiller // is, the, on
	hintIdent  // id, code: a name of something, seldom of a person
	hintOther  // an order, a trace, a version: a number of something else
)

// weakHints go on to the next word: they do not say what a value is.
const weakHints = hintPerson | hintNumber | hintFiller | hintIdent

const (
	// maxHintBytes is how far back words are read.
	maxHintBytes = 48
	// maxHintWords is how many words back.
	maxHintWords = 6
	maxWordBytes = 16
)

// hintWords has the words by meaning, in lower case, in the languages that logs
// and letters are commonly written in.
var hintWords = hintTable(map[hint]string{
	hintPhone: `phone phones telephone telefon telefono teléfono tel tél tlf tfno telnr fax faxes telefax mobile mob cell cellphone
		cellular call calls called caller callee calling dial dialed dialled whatsapp whats sms text texted msisdn contact reach
		reached reachable desk landline handy telefoon telefone celular movil móvil portable gsm voicemail pager ani dnis did
		callerid telephony phonenumber mobilephone homephone workphone messages telefonnummer rufnummer hotline helpline cep`,
	hintCard: `card cards creditcard debitcard cc ccn pan visa mastercard amex maestro discover diners jcb unionpay kreditkarte
		carte tarjeta cartao cartão cardnumber cardno ccnum ccnumber rupay troy mir verve`,
	hintSSN:    `ssn ssns social socialsecurity socialsecuritynumber itin tin`,
	hintIMEI:   `imei imeis imeisv meid`,
	hintIMSI:   `imsi imsis`,
	hintDevice: `udid idfa idfv gaid aaid serial androidid advertisingid deviceid`,
	hintGeo: `lat lon lng latitude longitude latlng latlon latlong coord coords coordinate coordinates geo geolocation gps location
		position ll geopoint koordinaten coordonnées point`,
	hintBirth: `born birth birthday birthdate dob bday geboren geburtsdatum geb naissance né née nacimiento nascita nascimento
		geboortedatum dateofbirth birthdt`,
	hintID: `nationalid national identity nino insurance ni passport aadhaar aadhar uidai pan nif nie dni cif cpf cnpj curp rfc
		cuit cuil rut pesel nip regon steuerid steuernummer idnr steuer rvnr sozialversicherungsnummer codice fiscale cf
		codicefiscale hetu henkilötunnus personnummer personnr fødselsnummer fodselsnummer cpr bsn burgerservicenummer rijksregisternummer
		insz niss nir insee sécu tfn abn acn medicare sin nric fin hkid kimlik tckn tc cnp egn oib jmbg emso isikukood asmens
		taxid tax taxpayer taxnumber vat tva iva ust ustid mwst utr siren siret rrn resident citizen idcard ahv avs svnr afm amka
		unp унп УНП упн РНОКПП рнокпп іпн ІПН ИНН инн СНИЛС снилс tnin pps ppsn rodné rodne cislo číslo birthnumber cnic nid voter license licence citizenship nhs ird bn zaid inn snils edrpou teudat`,
	hintBank:   `iban account konto bank bic swift`,
	hintPerson: `my your his her their our me`,
	hintFiller: `is are was be to on at the a an of for or and with via from using use this in by de la el le der die das ist est es`,
	hintNumber: `number numbers registered no nr num numero número nummer n`,
	hintIdent:  `id ids identifier code`,
	hintOther: `order orders invoice ticket trace transaction txn tx uuid uid pid ppid tid version ver build release port
		ports size bytes length len offset seq sequence time timestamp ts date epoch duration ms sec seconds count total amount
		price cost balance sum block blk block_id job task request req session sess tracking track parcel shipment sku isbn issn ean upc
		gtin doi hash checksum crc sha md5 commit revision rev address addr ip inode page row line lines status error err
		errno exit pts dts frame thread process user users uids gid key nonce serialno batch case ref reference product item model part parts part parts
		index idx node span width height sid cid mid msgid eventid event score ratio value values range ranges
		flag flags suite apt apartment unit room floor box street`,
})

func hintTable(in map[hint]string) map[string]hint {
	out := make(map[string]hint, 400)
	for h, words := range in {
		start := -1
		for i := 0; i <= len(words); i++ {
			space := i == len(words) || words[i] == ' ' || words[i] == '\t' || words[i] == '\n'
			if !space && start < 0 {
				start = i
			} else if space && start >= 0 {
				out[words[start:i]] |= h
				start = -1
			}
		}
	}
	return out
}

// hints returns what the words before at say: all weak meanings up to the
// nearest word that has another, and that one. far says how many unknown words
// lie between, or before the last of the weak ones. A bracket, a comma or a new
// line ends the search, and so does a label: what was taken out says nothing of
// what was not, or a second pass would find more than the first.
func (t *text) hints(at int) (h hint, far int) {
	end, known := min(at, len(t.b)), 0 // far, at the last word with a meaning
	for i, n := end, 0; i > 0 && n < maxHintWords && end-i < maxHintBytes; {
		c := t.b[i-1]
		switch {
		case isAlpha(c) || c >= 0x80:
			stop := i
			for i > 0 && stop-i < maxWordBytes && (isAlpha(t.b[i-1]) || t.b[i-1] >= 0x80) {
				i--
				// A capital after which a small letter stands begins a word.
				if t.b[i]-'A' <= 'Z'-'A' && i+1 < stop && t.b[i+1]-'a' <= 'z'-'a' {
					break
				}
			}
			word := lookupWord(t.b[i:stop])
			h |= word
			if word&^weakHints != 0 {
				return h, far
			}
			if word == 0 {
				far++
			} else {
				known = far
			}
			n++
		case c == ',' || c == ';' || c == '{' || c == '}' || c == '|' || c == '&' || c == '\n' || c == '\t',
			c == '.' && i < end && t.b[i] == ' ' && i > 2 && n > 0 && !isAbbreviation(t.b[:i-1]),
			c == ']' && t.endsLabel(i-1):
			return h, known
		default:
			i--
		}
	}
	return h, known
}

// endsLabel says whether a label ends with the bracket at end.
func (t *text) endsLabel(end int) bool {
	i := end
	for i > 0 && end-i < maxWordBytes && t.b[i-1] != '[' {
		i--
	}
	return t.isLabel(i, end)
}

// isAbbreviation says whether b ends in a word short enough to be one, or in one
// with a dot in it, so that a dot after it does not end a sentence.
func isAbbreviation(b []byte) bool {
	n := 0
	for n < len(b) && n < 5 && isAlpha(b[len(b)-1-n]) {
		n++
	}
	return n <= 4
}

func lookupWord(w []byte) hint {
	var buf [maxWordBytes]byte
	n := copy(buf[:], w)
	for i := range buf[:n] {
		buf[i] = lower(buf[i])
	}
	return hintWords[string(buf[:n])]
}

// touchesWord says whether a letter stands just before at, but for what may
// stand between a word and its value. It is a cheap first look before hints.
func (t *text) touchesWord(at int) bool {
	for i := at - 1; i >= 0 && at-i <= 5; i-- {
		switch c := t.b[i]; {
		case isAlpha(c) || c >= 0x80:
			return true
		case c != ' ' && c != ':' && c != '=' && c != '"' && c != '\'' && c != '#' && c != '.' && c != '(' && c != '[' && c != '\\' && c != '>':
			return false
		}
	}
	return false
}

// whole says whether t.b[start:end] is all there is in its line, but for blanks.
// It asks for the line, not the text: how much text there is at a time depends on
// how it comes in.
func (t *text) whole(start, end int) bool {
	to := end
	for to-end < 64 && (t.at(to) == ' ' || t.at(to) == '\t' || t.at(to) == '\r') {
		to++
	}
	return t.startsLine(start) && (to >= len(t.b) || t.b[to] == '\n')
}

// startsLine says whether nothing but blanks stands before start in its line.
func (t *text) startsLine(start int) bool {
	from := start - 1
	for start-from < 65 && (t.at(from) == ' ' || t.at(from) == '\t') {
		from--
	}
	return from < 0 || t.b[from] == '\n'
}

// trim returns [start, end) without blanks and quotes around.
func (t *text) trim(start, end int) (int, int) {
	for start < end && (isBlank(t.b[start]) || t.b[start] == '"' || t.b[start] == '\'') {
		start++
	}
	for start < end && (isBlank(t.b[end-1]) || t.b[end-1] == '"' || t.b[end-1] == '\'') {
		end--
	}
	return start, end
}
