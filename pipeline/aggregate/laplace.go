package aggregate

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// A laplace is the discrete Laplace distribution of scale t/s: an integer x has
// a probability in proportion to exp(-|x| s/t). It is drawn exactly, with
// integers and uniform bits from the system's cryptographic source and without
// floating point, whose rounding would tell (Mironov 2012); the method is
// algorithm 2 of Canonne, Kamath and Steinke, "The Discrete Gaussian for
// Differential Privacy" (2020).
type laplace struct{ t, s int64 }

func (l laplace) scale() float64 { return float64(l.t) / float64(l.s) }

// deviation is the standard deviation.
func (l laplace) deviation() float64 {
	q := math.Exp(-1 / l.scale())
	return math.Round(math.Sqrt(2*q)/(1-q)*1000) / 1000
}

var errNoise = errors.New("the noise that is asked for is too large: choose a smaller clip or a larger epsilon")

func (l laplace) sample() (int64, error) {
	if l.t <= 0 || l.s <= 0 || l.t > 1<<56 {
		return 0, errNoise
	}
	var r randomBits
	for {
		u := r.below(uint64(l.t))
		if !r.exp(u, uint64(l.t)) {
			continue
		}
		v := uint64(0)
		for r.exp(1, 1) {
			v++
		}
		hi, x := bits.Mul64(v, uint64(l.t))
		if hi != 0 || x > 1<<62 {
			continue // not in the life of the universe
		}
		y := int64((x + u) / uint64(l.s))
		if r.below(2) == 0 {
			return y, nil
		}
		if y != 0 {
			return -y, nil
		}
	}
}

// randomBits are uniform, from crypto/rand, some at a time.
type randomBits struct {
	buf [512]byte
	at  int
}

func (r *randomBits) word() uint64 {
	if r.at == 0 {
		_, _ = rand.Read(r.buf[:]) // never fails: it ends the program instead
	}
	v := binary.LittleEndian.Uint64(r.buf[r.at:])
	r.at = (r.at + 8) % len(r.buf)
	return v
}

// below is uniform in 0 to n-1.
func (r *randomBits) below(n uint64) uint64 {
	limit := -n % n // 2^64 mod n: below it, values would come once too often
	for {
		if v := r.word(); v >= limit {
			return v % n
		}
	}
}

// exp is true with probability exp(-num/den), for num/den from 0 to 1.
func (r *randomBits) exp(num, den uint64) bool {
	k := uint64(1)
	for {
		// Bernoulli of num/(den*k), as one of num/den and one of 1/k.
		if r.below(den) >= num || r.below(k) != 0 {
			return k%2 == 1
		}
		k++
	}
}
