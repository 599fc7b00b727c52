package main

import (
	"encoding/json"
	"os"

	"github.com/google/renameio/v2"

	"github.com/scrim-dev/scrim/pipeline"
)

// A summary is what --stats writes: counts by input and in all.
type summary struct {
	Version string             `json:"version"`
	Inputs  []*pipeline.Report `json:"inputs"`
	// Kinds counts the matches of each kind in all inputs.
	Kinds map[string]uint64 `json:"kinds"`
}

func (s *summary) add(r *pipeline.Report) {
	s.Inputs = append(s.Inputs, r)
	for k, n := range r.Kinds {
		s.Kinds[k] += n
	}
}

// found says whether there is a match of any of the kinds.
func (s *summary) found(kinds []string) bool {
	for _, k := range kinds {
		if s.Kinds[k] > 0 || k == "any" && len(s.Kinds) > 0 {
			return true
		}
	}
	return false
}

// write writes s as JSON to a file, whole or not at all; "-" is standard error,
// since standard output has the data.
func (s *summary) write(std streams, name string) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	b = append(b, '\n')
	if name == "-" {
		_, err := std.err.Write(b)
		return err
	}
	return writeFile(name, b)
}

// writeFile writes a report to a file: at once and whole, or, where the name is
// not a regular file, straight into it.
func writeFile(name string, b []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.Write(b)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		return err
	}
	return renameio.WriteFile(name, b, 0o644)
}
