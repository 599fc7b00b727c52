// Package policy reads, checks and drafts the files that say what becomes of
// personal data.
//
// A policy file is YAML. [Load] reads one, or a preset, with all that it extends,
// into a [pipeline.Policy]:
//
//  1. The documents are read, the file first, then what it extends, each once.
//  2. The kinds of their own are collected from all.
//  3. What they say is laid over each other, so that the file has the last word:
//     its rules go before those that it extends, lists of kinds replace theirs,
//     maps and allow lists are joined.
//
// [Check] says what is weak or without effect in a policy, [Draft] writes one from
// what a scan found, and [Schema] describes the files for editors.
//
// # Terminology
//
//   - Document: one file, or one preset.
//   - Preset: a policy that comes with scrim; see [Presets].
//   - Rule: kinds and fields, and the transform for their values.
package policy

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/scrim-dev/scrim/pipeline"
)

const (
	// maxFile bounds a policy file and a list of words, in bytes.
	maxFile = 1 << 20
	// maxDepth bounds how deep brackets and dashes stand in each other: a policy
	// needs four.
	maxDepth = 32
	// maxDocuments bounds what one policy extends.
	maxDocuments = 32
)

// An Error says where a policy is wrong. It does not repeat what stands there.
type Error struct {
	File string
	// Line and Column count from 1; 0 where the whole file is meant.
	Line, Column int
	Msg          string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Load reads the policy that name says: the name of a preset, or else a file.
// What is wrong in it is an [Error].
func Load(name string) (pipeline.Policy, error) {
	l := &loader{}
	if err := l.load(name, "", nil); err != nil {
		return pipeline.Policy{}, err
	}
	return l.compose()
}

// Parse reads a policy from text; name is for errors, and files that it names
// are looked for beside it.
func Parse(name string, text []byte) (pipeline.Policy, error) {
	l := &loader{}
	if err := l.add(name, text); err != nil {
		return pipeline.Policy{}, err
	}
	return l.compose()
}

// A loader collects documents.
type loader struct {
	documents []*document
	loaded    []string // their names
}

// load reads a document by name. from is the folder of the document that
// extends it, at the place by; both are zero for the first.
func (l *loader) load(name, from string, by *node) error {
	fail := func(msg string) error {
		if by != nil {
			return by.errorf("%s", msg)
		}
		return &Error{File: name, Msg: msg}
	}
	preset, isPreset := presetText(name)
	if !isPreset && from != "" && !filepath.IsAbs(name) {
		name = filepath.Join(from, name)
	}
	if slices.Contains(l.loaded, name) {
		return nil // once is enough, and ends a circle
	}
	l.loaded = append(l.loaded, name)
	if len(l.documents) == maxDocuments {
		return fail(fmt.Sprintf("more than %d policies extend each other", maxDocuments))
	}
	if isPreset {
		return l.add(name, preset)
	}
	text, err := readFile(name)
	if err != nil {
		msg := err.Error()
		if errors.Is(err, os.ErrNotExist) {
			msg = "no such file, and no preset: the presets are " + strings.Join(PresetNames(), ", ")
			if !strings.ContainsAny(name, `./\`) {
				if near := nearest(name, PresetNames()); near != "" {
					msg = "no such file: did you mean the preset " + near
				}
			}
		}
		return fail(msg)
	}
	return l.add(name, text)
}

// readFile reads a small file; its errors leave the path to the caller.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return nil, errors.New("is a folder")
	}
	if err == nil && info.Size() > maxFile {
		return nil, fmt.Errorf("is larger than %d bytes", maxFile)
	}
	text, err := os.ReadFile(name)
	var pe *os.PathError
	if errors.As(err, &pe) {
		return nil, pe.Err
	}
	return text, err
}

// add reads a document and what it extends.
func (l *loader) add(name string, text []byte) error {
	root, err := parse(name, text)
	if err != nil {
		return err
	}
	d := &document{name: name, root: root}
	l.documents = append(l.documents, d)
	extended, err := d.extends()
	if err != nil {
		return err
	}
	for _, e := range extended {
		base, err := e.text()
		if err != nil {
			return err
		}
		if err := l.load(base, filepath.Dir(name), e); err != nil {
			return err
		}
	}
	return nil
}

// parse reads YAML. The errors of the library quote the text: only their places
// are kept.
func parse(name string, text []byte) (root *node, err error) {
	if len(text) > maxFile {
		return nil, &Error{File: name, Msg: fmt.Sprintf("is larger than %d bytes", maxFile)}
	}
	if line, column := tooDeep(text); line > 0 {
		return nil, &Error{name, line, column, fmt.Sprintf("stands more than %d levels deep", maxDepth)}
	}
	defer func() { // on text that it does not expect, the library has panicked
		if recover() != nil {
			root, err = nil, &Error{File: name, Msg: "is not valid YAML"}
		}
	}()
	file, perr := parser.ParseBytes(text, 0)
	if perr != nil {
		e := &Error{File: name, Line: 1, Column: 1, Msg: "is not valid YAML: look at the indentation, quotes and colons there"}
		var dup *yaml.DuplicateKeyError
		if errors.As(perr, &dup) {
			e.Msg = "this key stands twice"
		}
		var y yaml.Error
		if errors.As(perr, &y) && y.GetToken() != nil && y.GetToken().Position != nil {
			e.Line, e.Column = y.GetToken().Position.Line, y.GetToken().Position.Column
		}
		return nil, e
	}
	var body ast.Node
	for _, d := range file.Docs {
		if d.Body == nil {
			continue
		}
		if body != nil {
			n := &node{name, d.Body}
			return nil, n.errorf("a policy is one document: there is a second")
		}
		body = d.Body
	}
	return &node{name, body}, nil
}

// tooDeep returns where brackets or dashes stand too deep in each other for a
// parser that calls itself; 0 if they do not.
func tooDeep(text []byte) (line, column int) {
	line, depth, dashes, spaces := 1, 0, 0, 0
	start, head := 0, true
	for i, c := range text {
		switch c {
		case '\n':
			line, start, head, dashes, spaces = line+1, i+1, true, 0, 0
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '-', '?', ':':
			if head {
				dashes++
			}
		case ' ':
			if head {
				spaces++
			}
		}
		if c != ' ' && c != '-' && c != '?' && c != ':' {
			head = false
		}
		if depth > maxDepth || dashes > maxDepth || spaces > 8*maxDepth {
			return line, i - start + 1
		}
	}
	return 0, 0
}
