package aggregate

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/axiomhq/hyperloglog"
)

// precision gives sketches 4096 registers: at most 4 KiB, a standard error of
// 1.6 % where there are more than some thousand values, and nearly none below.
const precision = 12

// StandardError is that of distinct counts, relative.
const StandardError = 0.0163

// A group is what is counted of records with the same keys.
type group struct {
	count    uint64
	people   *hyperloglog.Sketch // nil: nobody asks
	distinct []*hyperloglog.Sketch
	numbers  []numbers
}

// numbers are what is kept of the values of a field.
type numbers struct {
	n         uint64
	sum, lost float64 // lost is what rounding took from sum (Neumaier)
	low, high float64
}

func newSketch() *hyperloglog.Sketch {
	s, err := hyperloglog.NewSketch(precision, true)
	if err != nil {
		panic(err) // precision is a constant
	}
	return s
}

func newGroup(p *plan) *group {
	g := &group{}
	if p.person >= 0 {
		g.people = newSketch()
	}
	for range p.distinct {
		g.distinct = append(g.distinct, newSketch())
	}
	if len(p.numbers) > 0 {
		g.numbers = make([]numbers, len(p.numbers))
	}
	return g
}

func (x *numbers) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	if x.n == 0 {
		x.low, x.high = v, v
	}
	x.n++
	x.low, x.high = min(x.low, v), max(x.high, v)
	x.plus(v)
}

func (x *numbers) plus(v float64) {
	t := x.sum + v
	if math.Abs(x.sum) >= math.Abs(v) {
		x.lost += (x.sum - t) + v
	} else {
		x.lost += (v - t) + x.sum
	}
	x.sum = t
}

func (x *numbers) total() float64 { return x.sum + x.lost }

func (g *group) merge(o *group) error {
	g.count += o.count
	if g.people != nil {
		if err := g.people.Merge(o.people); err != nil {
			return err
		}
	}
	for i := range g.distinct {
		if err := g.distinct[i].Merge(o.distinct[i]); err != nil {
			return err
		}
	}
	for i := range g.numbers {
		a, b := &g.numbers[i], &o.numbers[i]
		if b.n == 0 {
			continue
		}
		if a.n == 0 {
			a.low, a.high = b.low, b.high
		}
		a.n += b.n
		a.low, a.high = min(a.low, b.low), max(a.high, b.high)
		a.plus(b.sum)
		a.plus(b.lost)
	}
	return nil
}

// append encodes g; read is its reverse.
func (g *group) append(dst []byte) ([]byte, error) {
	dst = binary.AppendUvarint(dst, g.count)
	sketches := g.distinct
	if g.people != nil {
		sketches = append([]*hyperloglog.Sketch{g.people}, sketches...)
	}
	for _, s := range sketches {
		b, err := s.MarshalBinary()
		if err != nil {
			return dst, err
		}
		dst = append(binary.AppendUvarint(dst, uint64(len(b))), b...)
	}
	for _, x := range g.numbers {
		dst = binary.AppendUvarint(dst, x.n)
		for _, v := range [...]float64{x.sum, x.lost, x.low, x.high} {
			dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
		}
	}
	return dst, nil
}

var errSpilled = errors.New("a temporary file was changed by someone else")

func readGroup(p *plan, b []byte) (*group, error) {
	g := newGroup(p)
	bad := false
	number := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			bad = true
			return 0
		}
		b = b[n:]
		return v
	}
	g.count = number()
	sketches := g.distinct
	if g.people != nil {
		sketches = append([]*hyperloglog.Sketch{g.people}, sketches...)
	}
	for _, s := range sketches {
		n := number()
		if bad || n > uint64(len(b)) {
			return nil, errSpilled
		}
		if err := s.UnmarshalBinary(b[:n]); err != nil {
			return nil, errSpilled
		}
		b = b[n:]
	}
	for i := range g.numbers {
		x := &g.numbers[i]
		x.n = number()
		if bad || len(b) < 32 {
			return nil, errSpilled
		}
		for j, v := range []*float64{&x.sum, &x.lost, &x.low, &x.high} {
			*v = math.Float64frombits(binary.LittleEndian.Uint64(b[8*j:]))
		}
		b = b[32:]
	}
	return g, nil
}
