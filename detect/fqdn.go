package detect

import (
	"bytes"
	"strings"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
	"golang.org/x/net/publicsuffix"
)

// fqdnAnchor is at a dot between a label and letters.
func fqdnAnchor() bitmap.Expr {
	return bitmap.In(bitmap.Dot).AndAt(1, letters).AndAt(2, letters).AndAt(-1, wordish)
}

func isDomainByte(c byte) bool { return isAlnum(c) || c == '-' || c == '_' || c == '.' }

func verifyFQDN(t *text, at int) int {
	// Go to the last label; the work is done once for all dots of a name.
	end := at + 1
	dot := at
	for isDomainByte(t.at(end)) && end-at <= maxHostname {
		if t.b[end] == '.' {
			if !isAlnum(t.at(end + 1)) {
				break
			}
			dot = end
		}
		end++
	}
	top := t.b[dot+1 : end]
	if len(top) < 2 || len(top) > 18 || end-at > maxHostname {
		return end
	}
	trust := topLevel(top)
	if trust == 0 {
		return end
	}
	start := at
	for start > 0 && isDomainByte(t.b[start-1]) && at-start < maxHostname {
		start--
	}
	for start < at && !isAlnum(t.b[start]) {
		start++
	}
	labels := 1
	mixed := false
	for i := start; i < end; i++ {
		switch c := t.b[i]; {
		case c == '.':
			labels++
			if t.at(i+1) == '.' {
				return end
			}
		case isUpper(c) && (i > start && isLower(t.b[i-1]) || isLower(t.at(i+1))):
			mixed = true
		}
	}
	switch c := t.at(start - 1); c {
	case '/', '\\':
		if t.at(start-2) != c {
			return end
		}
		if t.afterPlusURL(start) {
			return end
		}
		trust++
	case '$', '%', '#', '~', '*', '+', '&', '!':
		return end
	case '@':
		return end // the host of a mailbox
	}
	switch c := t.at(end); {
	case c == '(', c == '$', c == '@', c == '!', c >= 0x80, c == '<' && t.at(end+1) == '>', c == '=' && trust < 3, c == '{':
		return end
	case c == '_' || c == '*':
		return end
	}
	if mixed && trust < 3 || trust == 1 && labels < 3 || isReverseName(t.b[start:end]) {
		return end
	}
	if t.b[start] == '_' || formOf(t.b[start:dot]).letters == 0 && labels < 4 && trust < 3 {
		return end
	}
	if isSchemaHost(t.b[start:end]) || t.isKeyHere(end) || isFacility(t.b[start:end]) && labels == 2 {
		return end
	}
	t.report(Hostname, Shaped, start, end, 60+5*uint8(min(trust, 4)))
	if t.at(end) == '/' {
		t.socialProfile(start, end)
	}
	return end
}

// isKeyHere says whether what ends at end is the name of a field: "a.b": or a.b=.
func (t *text) isKeyHere(end int) bool {
	for t.at(end) == '\\' {
		end++
	}
	return t.at(end) == '"' && (t.at(end+1) == ':' || t.at(end+1) == ' ' && t.at(end+2) == ':')
}

// afterPlusURL says whether the URL of the host at start is one that a web
// client gives of itself: "+http://".
func (t *text) afterPlusURL(start int) bool {
	i := start - 3
	for i > 0 && isAlpha(t.b[i-1]) && start-i < 16 {
		i--
	}
	return t.at(i-1) == '+' && t.at(i-2) != '='
}

// topLevel says how much a last label says that a name is a domain: 0 not at all,
// 1 a little (it is a file ending or a word, too), 2 much, 3 all.
func topLevel(v []byte) int {
	var low [18]byte
	if len(v) == 0 {
		return 0
	}
	i := filterIndex(v[0], v[len(v)-1], len(v))
	if topLevelFilter[i/64]>>(i%64)&1 == 0 {
		return 0
	}
	for i, c := range v {
		if !isAlnum(c) && c != '-' {
			return 0
		}
		low[i] = lower(c)
	}
	switch string(low[:len(v)]) {
	case "com", "net", "org":
		return 3
	}
	return topLevels[string(low[:len(v)])]
}

// topLevelFilter refuses most words that are no top-level domain, as that of a
// wordSet does.
var topLevelFilter = func() (filter [1 << 13 / 64]uint64) {
	for w := range topLevels {
		i := filterIndex(w[0], w[len(w)-1], len(w))
		filter[i/64] |= 1 << (i % 64)
	}
	return
}()

// topLevels has the trust in every top-level domain of the public suffix list
// and in the ones of private networks.
var topLevels = func() map[string]int {
	m := map[string]int{}
	for _, w := range strings.Fields(countries) {
		m[w] = 2
	}
	for _, w := range strings.Fields(openTops) {
		if _, icann := publicsuffix.PublicSuffix("x." + w); icann {
			m[w] = 2
		}
	}
	for _, w := range strings.Fields(`cc so sh pl py rs md ps pm st in is it id do no to my me be so at as am ai la ms tv ph gs vi mm mk ml pro im ws bz`) {
		m[w] = 1
	}
	for _, w := range strings.Fields(`com net org edu gov mil int arpa info biz de fr uk nl ru jp cn br se eu ca au ch lan local localdomain internal intranet corp localhost onion`) {
		m[w] = 3
	}
	return m
}()

// countries are the country code domains (ISO 3166-1 alpha-2, with ac, eu, su, uk).
const countries = `ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm
	cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr
	ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo
	mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se
	sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye
	yt za zm zw`

// openTops are generic domains that are no usual words of programs.
const openTops = `xyz online site website cloud shop club top store tech app dev blog agency digital global solutions systems network email company
	group media news space live life world today team tools wiki work xxx asia tel coop aero museum cat jobs mobi travel post
	icu vip win bid loan download stream racing party review trade date faith science cricket webcam men work gdn ninja rocks guru
	fyi page art bar bank berlin bio boutique business cafe camp capital care cash center chat city coach coffee community consulting
	cool credit deals design directory domains education energy engineering enterprises events exchange expert express farm finance fish
	fitness flights florist football fund fun gallery games gift glass gmbh gold golf graphics gratis green guide hamburg haus health
	help holdings holiday hospital host hosting house immo industries ink institute insure international investments jetzt kitchen koeln
	land law lawyer lease legal limited link llc loans london ltd luxe management market marketing mba moda moe money navy nyc ooo paris
	partners parts photo photography photos pics pictures pizza place plus press productions properties pub recipes red rehab rent rentals
	repair report restaurant run sale salon school services sexy shoes show singles social software solar studio style supplies supply
	support surf surgery taxi technology tienda tips tokyo tours town toys training university vacations ventures vet viajes villas vin
	vision voyage watch wien wine works yoga zone goog google aws azure`

// isReverseName says whether v is a name in the manner of Java packages.
func isReverseName(v []byte) bool {
	dot := bytes.IndexByte(v, '.')
	if dot <= 0 || dot+1 == len(v) || !reversedTops.isIn(v[:dot]) {
		return false
	}
	end := string(v[max(0, len(v)-4):])
	return len(v) == 4 || end != ".com" && end != ".net" && end != ".org" || foldIs(v[:dot], "com")
}

// reversedTops are what names in the manner of Java packages begin with.
var reversedTops = wordsOf(`com org net edu io de java javax sun android system microsoft gov kernel uk fr ru cn jp dev app me`)

// isSchemaHost says whether v is the host of a document type or a namespace,
// which names a format and nobody's computer.
func isSchemaHost(v []byte) bool {
	switch string(v) {
	case "www.w3.org", "schemas.microsoft.com", "schemas.xmlsoap.org", "schemas.openxmlformats.org", "json-schema.org", "schema.org",
		"schemas.android.com", "www.apple.com", "purl.org", "xmlns.com", "ns.adobe.com", "java.sun.com":
		return true
	}
	return false
}

var fileEndings = wordsOf(`html htm php js css png jpg jpeg gif svg ico txt json xml asp aspx jsp do action cgi pl py sh rb go java class md log conf ini yml yaml
	csv tsv pdf doc docx xls xlsx zip gz tar tgz bz2 xz exe dll sys so bin dat db sqlite woff woff2 ttf map swf mp3 mp4 webp ts tsx vue`)

// isFileEnding says whether v is the ending of a file's name.
func isFileEnding(v []byte) bool { return len(v) <= 6 && fileEndings.isIn(v) }
