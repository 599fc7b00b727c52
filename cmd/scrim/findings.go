package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/xitongsys/parquet-go/writer"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/report"
)

// findingsWriter writes findings as JSON lines or Parquet to a file that appears
// whole, or to standard output.
type findingsWriter struct {
	w    *bufio.Writer
	enc  *json.Encoder
	file *renameio.PendingFile // nil: standard output
	rows *writer.ParquetWriter // nil: JSON
	row  report.FindingRow
}

func openFindings(std streams, name string) (*findingsWriter, error) {
	if name == "" {
		return nil, nil
	}
	f := &findingsWriter{w: bufio.NewWriterSize(std.out, 64<<10)}
	if name != "-" {
		file, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o600))
		if err != nil {
			return nil, err
		}
		f.file = file
		f.w.Reset(file)
	}
	if strings.HasSuffix(name, ".parquet") {
		var err error
		f.rows, err = report.NewParquet(f.w, &f.row)
		return f, err
	}
	f.enc = json.NewEncoder(f.w)
	f.enc.SetEscapeHTML(false)
	return f, nil
}

func (f *findingsWriter) write(x *pipeline.Finding) error {
	var err error
	if f.rows != nil {
		err = f.rows.Write(report.NewFindingRow(x))
	} else {
		err = f.enc.Encode(x)
	}
	if err != nil {
		return &pipeline.WriteError{Err: err}
	}
	return nil
}

// finish makes the file appear.
func (f *findingsWriter) finish() error {
	if f == nil {
		return nil
	}
	var err error
	if f.rows != nil {
		err = f.rows.WriteStop()
	}
	if ferr := f.w.Flush(); err == nil {
		err = ferr
	}
	if f.file != nil && err == nil {
		err = f.file.CloseAtomicallyReplace()
	}
	if err != nil {
		return &pipeline.WriteError{Err: err}
	}
	return nil
}

// abort removes what finish has not made appear.
func (f *findingsWriter) abort() {
	if f != nil && f.file != nil {
		_ = f.file.Cleanup()
	}
}
