// Package phoneplan knows the telephone numbers of every region, and the area
// codes of the North American Numbering Plan that are in use.
//
// What it knows stands in table.go, which is made by the program in generate
// from the metadata of libphonenumber (Apache License 2.0), as the Go port
// github.com/nyaruka/phonenumbers carries it. That port reads all plans when a
// program starts, which takes longer than the start of everything else; here a
// plan is constant data, and its patterns are compiled when its region is asked
// for. The port is the oracle of the tests.
package phoneplan

import (
	"bytes"
	"regexp"
	"sort"
	"strconv"
	"sync"
)

//go:generate go run ./generate

// A plan is what the table has of a region. Patterns are regular expressions over
// digits, lengths are sets of bits.
type plan struct {
	region   string // ISO 3166-1, upper case
	code     int    // ITU-T E.164 calling code
	main     bool   // of the regions that share the code, the one that speaks for it
	dialOut  string // prefixes of calls abroad
	trunk    string // prefixes of calls within the region
	rewrite  string // what a trunk prefix with a group in it gives way to
	national string // all national numbers
	lengths  uint32 // of these
	local    uint32 // lengths of numbers that are dialled within an area only
	forms    []form // by their uses: fixed, mobile and the like
}

// A form is numbers of one use. No lengths means any that the plan has.
type form struct {
	lengths uint32
	pattern string
}

// A Region judges numbers as they are dialled in one region. It is safe for
// concurrent use.
type Region struct {
	plan             *plan
	code             []byte
	dialOut          *regexp.Regexp
	national         *regexp.Regexp
	forms            []*regexp.Regexp
	own, mainForCode dialling
}

// A dialling is how a region takes the prefix off its numbers.
type dialling struct {
	plan     *plan
	trunk    *regexp.Regexp // nil: it has no prefix
	national *regexp.Regexp
}

var regions sync.Map // of *Region by name

// find returns the plan of a region, nil if it has none.
func find(region string) *plan {
	i := sort.Search(len(plans), func(i int) bool { return plans[i].region >= region })
	if i == len(plans) || plans[i].region != region {
		return nil
	}
	return &plans[i]
}

// Has says whether there is a plan for a region, by its ISO 3166-1 code in upper
// case.
func Has(region string) bool { return find(region) != nil }

// Of returns the Region with an ISO 3166-1 code in upper case, nil if it has no
// plan.
func Of(region string) *Region {
	if r, ok := regions.Load(region); ok {
		return r.(*Region)
	}
	p := find(region)
	if p == nil {
		return nil
	}
	r := &Region{plan: p, code: strconv.AppendInt(nil, int64(p.code), 10), dialOut: prefix(p.dialOut), own: p.dialling()}
	r.national, r.mainForCode = r.own.national, r.own
	for i := range plans {
		if m := &plans[i]; m.main && m.code == p.code && m != p {
			r.mainForCode = m.dialling()
		}
	}
	for _, f := range p.forms {
		r.forms = append(r.forms, whole(f.pattern))
	}
	regions.Store(region, r)
	return r
}

func (p *plan) dialling() dialling {
	d := dialling{plan: p, national: whole(p.national)}
	if p.trunk != "" {
		d.trunk = prefix(p.trunk)
	}
	return d
}

func prefix(pattern string) *regexp.Regexp { return regexp.MustCompile("^(?:" + pattern + ")") }
func whole(pattern string) *regexp.Regexp  { return regexp.MustCompile("^(?:" + pattern + ")$") }

// Valid says whether digits, dialled in the region, are a number of the region:
// with or without its trunk prefix, its calling code, or its prefix for calls
// abroad with the calling code.
func (r *Region) Valid(digits []byte) bool {
	d := r.own
	n := digits
	if abroad := r.dialOut.FindIndex(n); abroad != nil && !startsWithZero(n[abroad[1]:]) {
		var ok bool
		if n, ok = bytes.CutPrefix(n[abroad[1]:], r.code); !ok {
			return false
		}
		d = r.mainForCode
	} else if rest, ok := bytes.CutPrefix(n, r.code); ok {
		rest = r.own.strip(rest)
		if r.plan.isLong(len(n)) || r.national.Match(rest) && !r.national.Match(n) {
			n, d = rest, r.mainForCode
		}
	}
	if len(n) < 2 {
		return false
	}
	if s := d.strip(n); d.plan.takes(len(s)) {
		n = s
	}
	return r.isNational(n)
}

func startsWithZero(n []byte) bool { return len(n) > 0 && n[0] == '0' }

// isNational says whether n, without prefixes, is of one of the forms.
func (r *Region) isNational(n []byte) bool {
	if len(n) < 2 || len(n) > 17 || r.plan.lengths>>len(n)&1 == 0 || !r.national.Match(n) {
		return false
	}
	for i, f := range r.plan.forms {
		if (f.lengths == 0 || f.lengths>>len(n)&1 != 0) && r.forms[i].Match(n) {
			return true
		}
	}
	return false
}

// isLong says whether n digits are more than any number has.
func (p *plan) isLong(n int) bool {
	return p.local>>n&1 == 0 && p.lengths>>n == 0
}

// takes says whether what is left of a number when its prefix is off may have n
// digits: as many as some number has, or more.
func (p *plan) takes(n int) bool {
	return p.local>>n&1 == 0 && (p.lengths>>n&1 != 0 || p.lengths>>n == 0)
}

// strip returns n without the trunk prefix, or n where it has none, or where n is
// a number and would be none without.
func (d *dialling) strip(n []byte) []byte {
	if d.trunk == nil || len(n) == 0 {
		return n
	}
	at := d.trunk.FindSubmatchIndex(n)
	if at == nil {
		return n
	}
	s := n[at[1]:]
	if group := at[len(at)-2:]; d.plan.rewrite != "" && group[0] >= 0 {
		s = append(d.trunk.Expand(nil, []byte(d.plan.rewrite), n, at), s...)
	}
	if d.national.Match(n) && !d.national.Match(s) {
		return n
	}
	return s
}

// AreaInUse says whether an area code of the North American Numbering Plan, 200 to
// 999, is in use.
func AreaInUse(code int) bool {
	return code >= 0 && code < 64*len(areas) && areas[code/64]>>(code%64)&1 != 0
}
