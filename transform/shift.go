package transform

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"time"
)

var shiftInfo = Info{
	Name: "shift",
	Doc:  "The date moved by a secret number of days, the same for all dates of one subject; form, time of day and zone stay.",
	Params: []Param{
		{Name: "days", Default: "365", Main: true, Doc: "most days by which a date moves, forward or back; never none"},
		{Name: "by", Doc: "field of the record that says whose its dates are, such as patient_id: each subject has an amount of its own. Where it is not there, and in running text and columns of Parquet, it is an error; reveal leaves these dates"},
		{Name: "subject", Doc: "word for whose dates these are, for all of them; another word gives another amount"},
		{Name: "order", Doc: "dmy or mdy: how to read 03/04/2024; without it all dates of this form are errors, since 05/17/2024 may move to one that reads two ways"},
	},
	Reversible: true,
	NeedsKey:   true,
	Preserves:  "the days between two dates of one subject, the time of day, the form; not the day of the week and the season",
	Attacks:    "pseudonymous: one date of a subject that is known gives all others, and without by those of all people; public events and patterns of the week can show the amount",
}

var (
	errNoDate    = errors.New("shift: value is no date that is read, or leaves the calendar")
	errNoSubject = errors.New("shift: nothing in the record says whose date it is")
)

type shift struct {
	opaque
	key   []byte
	mac   hash.Hash
	sum   [sha256.Size]byte
	reach int
	order dateOrder
	by    string
	days  int // 0: the subject is not known
}

func newShift(a *arguments, target Target, keys *Keys) (Transform, error) {
	s := &shift{
		reach: a.number("days", 1, 36500),
		order: orderNamed(a.choice("order", "dmy", "mdy")),
	}
	s.by = a.text("by")
	subject := a.text("subject")
	if s.by != "" && subject != "" {
		a.fail("subject", "no field in by beside it")
	}
	if err := a.key(keys); err != nil {
		return nil, err
	}
	s.key = keys.derive("shift", target.Domain, sha256.Size)
	s.mac = hmac.New(sha256.New, s.key)
	s.SetSubject([]byte(subject))
	return s, nil
}

// By gives the parameter of that name.
func (s *shift) By() string { return s.by }

// SetSubject takes the amount of another subject.
func (s *shift) SetSubject(subject []byte) {
	if s.by != "" && len(subject) == 0 {
		s.days = 0
		return
	}
	s.mac.Reset()
	s.mac.Write(subject)
	s.mac.Sum(s.sum[:0])
	// The bias of the remainder is below 2^-47.
	n := int(binary.BigEndian.Uint64(s.sum[:]) % uint64(2*s.reach))
	s.days = n - s.reach
	if s.days >= 0 {
		s.days++
	}
}

// Append keeps the form of v.Text; where Text is a spelling that only the
// detector understood, the form is that of Canonical.
func (s *shift) Append(dst []byte, v Value) ([]byte, error) {
	if s.days == 0 {
		return dst, errNoSubject
	}
	if out, err := s.move(dst, v.Text, s.days); err == nil {
		return out, nil
	}
	return s.move(dst, v.canonical(), s.days)
}

// Reverse moves the date back by the amount of the same subject.
func (s *shift) Reverse(dst, result []byte) ([]byte, error) { return s.move(dst, result, -s.days) }

func (s *shift) move(dst, text []byte, days int) ([]byte, error) {
	d, ok := parseDate(text, s.order)
	if !ok || d.guessed {
		return dst, errNoDate
	}
	y, m, dd := time.Date(d.year, time.Month(d.mon), d.day+days, 0, 0, 0, 0, time.UTC).Date()
	if y < 1 || y > 9999 {
		return dst, errNoDate
	}
	return d.write(dst, text, y, int(m), dd, second), nil
}

// Clone gives one with a MAC state of its own, for the same subject.
func (s *shift) Clone() Transform {
	c := *s
	c.mac = hmac.New(sha256.New, s.key)
	return &c
}
