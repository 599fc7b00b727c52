package report

import (
	"slices"
	"time"

	"github.com/scrim-dev/scrim/detect"
)

// counts are matches by kind.
type counts [detect.MaxKinds]uint32

// maxBuckets bounds a timeline. Where more are needed the step grows.
const maxBuckets = 400

// steps are the widths that buckets can have, in seconds; each divides the next.
var steps = []int64{60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 28 * 86400, 364 * 86400, 3640 * 86400}

// times counts matches by the time of their record.
type times struct {
	step    int // of steps
	buckets map[int64]*counts
	records int64
	low     int64 // seconds since 1970
	high    int64

	last *counts // the bucket used last, which begins at lastAt
	from int64
}

// at returns the counts for a record of time t, in seconds since 1970.
func (s *times) at(t int64) *counts {
	if s.records == 0 {
		s.low, s.high = t, t
	}
	s.records++
	s.low, s.high = min(s.low, t), max(s.high, t)
	return s.bucket(t)
}

func (s *times) bucket(t int64) *counts {
	from := floor(t, steps[s.step])
	if s.last != nil && s.from == from {
		return s.last
	}
	b := s.buckets[from]
	if b == nil {
		if s.buckets == nil {
			s.buckets = map[int64]*counts{}
		}
		if len(s.buckets) >= maxBuckets && s.step < len(steps)-1 {
			s.widen()
			return s.bucket(t)
		}
		b = new(counts)
		s.buckets[from] = b
	}
	s.last, s.from = b, from
	return b
}

func floor(t, step int64) int64 {
	return t - ((t%step)+step)%step
}

// widen takes the next step.
func (s *times) widen() {
	s.step++
	old := s.buckets
	s.buckets, s.last = map[int64]*counts{}, nil
	for t, c := range old {
		from := floor(t, steps[s.step])
		b := s.buckets[from]
		if b == nil {
			b = new(counts)
			s.buckets[from] = b
		}
		b.add(c)
	}
}

func (c *counts) add(o *counts) {
	for k, n := range o {
		c[k] += n
	}
}

func (s *times) add(o *times) {
	if o.records == 0 {
		return
	}
	if s.records == 0 {
		s.low, s.high = o.low, o.high
	}
	s.low, s.high = min(s.low, o.low), max(s.high, o.high)
	s.records += o.records
	for s.step < o.step {
		s.widen()
	}
	for t, c := range o.buckets {
		s.bucket(t).add(c)
	}
}

// period is the time in which the records lie that hold personal data; nil if
// none says when it is.
func (s *times) period() *Period {
	if s.records == 0 {
		return nil
	}
	return &Period{From: stamp(s.low), To: stamp(s.high), Records: s.records}
}

func stamp(t int64) string { return time.Unix(t, 0).UTC().Format(time.RFC3339) }

func (s *times) timeline(name func(detect.Kind) string) *Timeline {
	if s.records == 0 {
		return nil
	}
	// As few points as tell the story: a year by the minute does not.
	for len(s.buckets) > 120 && s.step < len(steps)-1 {
		s.widen()
	}
	line := &Timeline{StepSeconds: steps[s.step]}
	for t, c := range s.buckets {
		p := Point{At: stamp(t), Kinds: map[string]uint64{}}
		for k, n := range c {
			if n > 0 {
				p.Kinds[name(detect.Kind(k))] = uint64(n)
			}
		}
		line.Points = append(line.Points, p)
	}
	slices.SortFunc(line.Points, func(a, b Point) int {
		if a.At < b.At {
			return -1
		}
		return 1
	})
	return line
}

// unix reads what stamp wrote.
func unix(s string) int64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return 0
	}
	return t.Unix()
}
