package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
)

// WriteSARIF writes the report as SARIF 2.1.0 (OASIS): a rule for each kind, a
// result for each kind in a field of a file, at the first line where it stands.
func (r *Report) WriteSARIF(w io.Writer) error {
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	d := &run.Tool.Driver
	d.Name, d.Version, d.Rules = "scrim", r.Version, []sarifRule{}
	number := map[string]int{}
	for _, row := range r.Totals.Kinds {
		number[row.Kind] = len(d.Rules)
		d.Rules = append(d.Rules, sarifRule{ID: row.Kind, Short: sarifText{kindDoc(row.Kind)},
			Config: sarifLevel{"warning"}, Properties: sarifTags{[]string{"privacy", "personal-data"}}})
	}
	run.Invocations = []sarifInvocation{{OK: true}}
	for _, in := range r.Inputs {
		if in.Error != "" {
			run.Invocations[0].OK = false
			run.Invocations[0].Notes = append(run.Invocations[0].Notes,
				sarifNote{Level: "error", Message: sarifText{in.Error}, Locations: []sarifLocation{at(in.Path, 0)}})
		}
		for _, row := range in.Fields {
			where := "in running text"
			if row.Field != "" {
				where = "in field " + row.Field
			}
			res := sarifResult{
				Rule: row.Kind, Index: number[row.Kind], Level: "warning", Kind: "fail",
				Message: sarifText{fmt.Sprintf("%s %s: %d found, about %d distinct, in %d records", row.Kind, where,
					row.Count, row.Distinct, row.Records)},
				Locations:    []sarifLocation{at(in.Path, row.FirstLine)},
				Fingerprints: map[string]string{"place/v1": uri(in.Path) + "#" + row.Field + "#" + row.Kind},
				Properties:   row,
			}
			if r.New != nil {
				res.Baseline = "unchanged"
				if r.isNew(in.Path, row) {
					res.Baseline = "new"
				}
			}
			run.Results = append(run.Results, res)
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func kindDoc(name string) string {
	all := detect.Kinds()
	if i := slices.IndexFunc(all, func(k detect.KindInfo) bool { return k.Name == name }); i >= 0 {
		return all[i].Doc
	}
	return name
}

// uri is a path as a URI reference (RFC 3986).
func uri(path string) string {
	path = filepath.ToSlash(path)
	u := (&url.URL{Path: path}).String()
	if strings.HasPrefix(path, "/") {
		return "file://" + u
	}
	return u
}

func at(path string, line int64) sarifLocation {
	var l sarifLocation
	l.Physical.Artifact.URI = uri(path)
	if line > 0 {
		l.Physical.Region = &sarifRegion{line}
	}
	return l
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver struct {
			Name    string      `json:"name"`
			Version string      `json:"version,omitempty"`
			Rules   []sarifRule `json:"rules"`
		} `json:"driver"`
	} `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	ColumnKind  string            `json:"columnKind"`
	Results     []sarifResult     `json:"results"`
}

type sarifRule struct {
	ID         string     `json:"id"`
	Short      sarifText  `json:"shortDescription"`
	Config     sarifLevel `json:"defaultConfiguration"`
	Properties sarifTags  `json:"properties"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifTags struct {
	Tags []string `json:"tags"`
}

type sarifInvocation struct {
	OK    bool        `json:"executionSuccessful"`
	Notes []sarifNote `json:"toolExecutionNotifications,omitempty"`
}

type sarifNote struct {
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifResult struct {
	Rule         string            `json:"ruleId"`
	Index        int               `json:"ruleIndex"`
	Kind         string            `json:"kind"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Baseline     string            `json:"baselineState,omitempty"`
	Properties   Row               `json:"properties"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
}

type sarifRegion struct {
	StartLine int64 `json:"startLine"`
}
