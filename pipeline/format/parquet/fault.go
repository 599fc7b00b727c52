package parquet

import (
	"errors"
	"fmt"
	"runtime"
)

// An Error says where in a file something is wrong. It never holds a value.
type Error struct {
	Column   string // dotted path, "" if the fault is in no column
	RowGroup int    // from 0, -1 if in no row group
	Err      error
}

func (e *Error) Error() string {
	switch {
	case e.RowGroup < 0 && e.Column == "":
		return "parquet: " + e.Err.Error()
	case e.Column == "":
		return fmt.Sprintf("parquet: row group %d: %v", e.RowGroup, e.Err)
	case e.RowGroup < 0:
		return fmt.Sprintf("parquet: column %s: %v", e.Column, e.Err)
	}
	return fmt.Sprintf("parquet: column %s, row group %d: %v", e.Column, e.RowGroup, e.Err)
}

// within says where err came up, unless it says so itself.
func within(err error, column string, group int) error {
	var e *Error
	if errors.As(err, &e) {
		return err
	}
	return &Error{Column: column, RowGroup: group, Err: err}
}

func (e *Error) Unwrap() error { return e.Err }

// Sentinels that a caller may branch on, all inside an [Error].
var (
	// ErrNotParquet: the file has not the marks of a Parquet file.
	ErrNotParquet = errors.New("not a Parquet file, or cut short")
	// ErrEncrypted: the file, or a column of it, is encrypted.
	ErrEncrypted = errors.New("the file is encrypted; decrypt it first")
	// ErrUnrepresentable: a replacement has no form in the column's type, and
	// the column cannot hold null.
	ErrUnrepresentable = errors.New("the replacement does not fit the column's type, and the column is required; choose a transform that keeps the type")
)

var (
	errCounts   = errors.New("the number of values differs from what the footer says")
	errPage     = errors.New("malformed page")
	errChecksum = errors.New("a page's checksum is wrong")
	errVariants = errors.New("there is not a variant for each row")
)

// errDecoder stands for a panic in a decoder: some damaged pages make v17's
// panic, in our goroutine, so it is caught there.
type errDecoder struct{ text string }

func (e errDecoder) Error() string { return "the file is damaged: a decoder failed" + e.text }

// recovered turns a panic into an error. Only the text of a runtime error is
// kept, which has indices in it; what libraries panic with may quote data.
func recovered(err *error) {
	switch r := recover().(type) {
	case nil:
	case runtime.Error:
		*err = errDecoder{": " + r.Error()}
	default:
		*err = errDecoder{}
	}
}
