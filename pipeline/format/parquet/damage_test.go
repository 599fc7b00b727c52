package parquet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
)

// use does everything with a file that the package can do.
func use(data []byte, form Form) error {
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	changes := map[int]Change{}
	for i, c := range f.Columns() {
		changes[i] = by(swap)
		if form == FormIP && c.Physical == "BYTE_ARRAY" {
			changes[i] = Change{New: by(label).New, Form: FormIP}
		}
		for g := range f.RowGroups() {
			fault := f.Values(context.Background(), g, i, changes[i].Form, func(*Values) error { return nil })
			if err == nil {
				err = fault
			}
		}
	}
	if _, fault := f.Metadata(); fault != nil {
		err = fault
	}
	for _, set := range []map[int]Change{nil, changes} {
		for _, w := range []io.Writer{nil, io.Discard} {
			if _, fault := Rewrite(context.Background(), f, w, set, Options{}); fault != nil {
				err = fault
			}
		}
	}
	return err
}

// checkFault asks that an error is one of ours, and short enough not to quote.
func checkFault(t testing.TB, err error) {
	t.Helper()
	var e *Error
	if err != nil && (!errors.As(err, &e) || strings.Contains(err.Error(), "example.com")) {
		t.Errorf("error %v", err)
	}
}

// TestDamaged flips, cuts and drops bytes: whatever comes, no panic, and memory
// in proportion to the file.
func TestDamaged(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, s := range samples() {
		s.rows, s.groups = 60, 2
		data := s.generate(t)
		if err := use(data, FormText); err != nil && !errors.Is(err, ErrUnrepresentable) {
			t.Fatalf("%s: %v", name, err)
		}
		for range 60 {
			bad := slices.Clone(data)
			switch rng.IntN(4) {
			case 0:
				bad = bad[:rng.IntN(len(bad))]
			case 1: // the footer
				at := len(bad) - 1 - rng.IntN(min(len(bad), 700))
				bad[at] ^= 1 << rng.IntN(8)
			case 2:
				at := rng.IntN(len(bad))
				bad = slices.Delete(bad, at, min(len(bad), at+1+rng.IntN(20)))
			default:
				for range 1 + rng.IntN(4) {
					bad[rng.IntN(len(bad))] = byte(rng.IntN(256))
				}
			}
			checkFault(t, use(bad, FormText))
		}
	}
}

func TestDamagedCorpus(t *testing.T) {
	var before, after runtime.MemStats
	for _, name := range shared(t, "robust/parquet/*") {
		if strings.Contains(name, "large_string_map") {
			continue
		}
		data := readFile(t, name)
		runtime.ReadMemStats(&before)
		checkFault(t, use(data, FormIP))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<30 {
			t.Errorf("%s: %d bytes allocated", name, n)
		}
	}
}

// TestHostile is files that ask for much and hold little.
func TestHostile(t *testing.T) {
	s := sample{typ: parquet.Types.ByteArray, codec: compress.Codecs.Snappy, rows: 10, groups: 1}
	data := s.generate(t)
	tests := []struct {
		name string
		data []byte
	}{
		{"empty", nil},
		{"magic alone", []byte("PAR1PAR1")},
		{"footer longer than the file", []byte("PAR1\x00\xff\xff\xff\x7fPAR1")},
		{"footer of nothing", []byte("PAR1\x00\x01\x00\x00\x00PAR1")},
		{"encrypted", append(slices.Clone(data[:len(data)-4]), "PARE"...)},
		{"no head", append([]byte("XXXX"), data[4:]...)},
		{"list of 2^31 elements", footed("\x19\xfc\xff\xff\xff\xff\x07")},
		{"deep structs", footed("\x1c" + strings.Repeat("\x1c", 1000))},
		{"deep lists", footed("\x19" + strings.Repeat("\x19", 1000))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := use(tt.data, FormText)
			if err == nil {
				t.Fatal("no error")
			}
			checkFault(t, err)
		})
	}
}

// footed is a file with a footer and nothing else.
func footed(footer string) []byte {
	n := len(footer)
	return []byte("PAR1" + footer + string([]byte{byte(n), byte(n >> 8), 0, 0}) + "PAR1")
}

// failing is a sink that fails after some bytes.
type failing struct{ left int }

var errDisk = errors.New("disk full")

func (w *failing) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errDisk
	}
	return len(b), nil
}

// TestSink cuts the output off at every byte: v17's writer closes without an
// error when the footer could not be written, ours must not.
func TestSink(t *testing.T) {
	s := sample{typ: parquet.Types.ByteArray, dict: true, codec: compress.Codecs.Snappy, rows: 10, groups: 2}
	f := mustOpen(t, s.generate(t))
	var out bytes.Buffer
	changes := map[int]Change{sampleOptional: by(label)}
	if _, err := Rewrite(context.Background(), f, &out, changes, Options{}); err != nil {
		t.Fatal(err)
	}
	for n := range out.Len() {
		_, err := Rewrite(context.Background(), f, &failing{n}, changes, Options{})
		if !errors.Is(err, errDisk) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
	if _, err := Rewrite(context.Background(), f, &failing{out.Len()}, changes, Options{}); err != nil {
		t.Error(err)
	}
}

func TestRewriteErrors(t *testing.T) {
	s := sample{typ: parquet.Types.ByteArray, codec: compress.Codecs.Snappy, rows: 10, groups: 2}
	f := mustOpen(t, s.generate(t))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Rewrite(ctx, f, io.Discard, nil, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := f.Values(ctx, 0, 0, FormText, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	stop := errors.New("stop")
	_, err := Rewrite(context.Background(), f, io.Discard, map[int]Change{1: by(rewriterFunc(
		func(dst, v []byte) ([]byte, Verdict, error) { return dst, Keep, stop }))}, Options{})
	var e *Error
	if !errors.Is(err, stop) || !errors.As(err, &e) || e.Column != "must" || e.RowGroup != 0 {
		t.Errorf("rewriter's error: %v", err)
	}
	_, err = Rewrite(context.Background(), f, io.Discard, map[int]Change{2: by(rewriterFunc(
		func(dst, v []byte) ([]byte, Verdict, error) { panic(fmt.Sprintf("value %s", v)) }))}, Options{})
	if err == nil || strings.Contains(err.Error(), "example.com") {
		t.Errorf("panic: %v", err)
	}
	if err := f.Values(context.Background(), 0, 1, FormText, func(*Values) error { return stop }); err != stop {
		t.Errorf("callback's error: %v", err)
	}
	for _, i := range []int{-1, 4} {
		if _, err := Rewrite(context.Background(), f, io.Discard, map[int]Change{i: by(label)}, Options{}); err == nil {
			t.Errorf("column %d was accepted", i)
		}
		if err := f.Values(context.Background(), 0, i, FormText, nil); err == nil {
			t.Errorf("column %d was read", i)
		}
	}
}
