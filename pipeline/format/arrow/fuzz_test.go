package arrow

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// FuzzReader does with any input all that the package can do: there may be an
// error of ours, no panic, and memory within the limit.
func FuzzReader(f *testing.F) {
	recs := batches(f)
	f.Add(stream(f, recs))
	f.Add(filed(f, recs))
	const limit = 1 << 22
	f.Fuzz(func(t *testing.T, data []byte) {
		rd, err := NewReader(bytes.NewReader(data), limit)
		use(t, rd, err)
		rd, err = NewFileReader(bytes.NewReader(data), int64(len(data)), limit)
		use(t, rd, err)
	})
}

func use(t *testing.T, rd *Reader, err error) {
	ours := func(err error) bool {
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("error %v", err)
		}
		return err != nil
	}
	if ours(err) {
		return
	}
	w, err := rd.NewWriter(io.Discard, nil)
	if ours(err) {
		return
	}
	changes := map[int]parquet.Change{}
	for i, c := range rd.Columns() {
		if c.Physical != "" {
			changes[i] = parquet.Change{New: func() parquet.Rewriter { return label }}
		}
	}
	for {
		b, err := rd.Next()
		if errors.Is(err, io.EOF) || ours(err) {
			break
		}
		for i := range rd.Columns() {
			ours(b.Values(context.Background(), i, parquet.FormText, func(*parquet.Values) error { return nil }))
		}
		if ours(w.Write(context.Background(), b, changes)) {
			break
		}
	}
	ours(w.Close())
}
