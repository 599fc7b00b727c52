package policy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// A node is a place in a document. Its methods read what stands there; what does
// not fit is an [Error] with the place and what is wanted, never what is there.
type node struct {
	file string
	ast  ast.Node
}

func (n *node) errorf(format string, args ...any) error {
	line, column := n.place()
	return &Error{File: n.file, Line: line, Column: column, Msg: fmt.Sprintf(format, args...)}
}

// place returns where the node begins, counting from 1.
func (n *node) place() (line, column int) {
	if n.ast != nil {
		at := n.ast
		// A mapping begins where its first key does, not at its first colon.
		switch m := at.(type) {
		case *ast.MappingNode:
			if len(m.Values) > 0 && !m.IsFlowStyle {
				at = m.Values[0].Key
			}
		case *ast.MappingValueNode:
			at = m.Key
		}
		if t := at.GetToken(); t != nil && t.Position != nil {
			return t.Position.Line, t.Position.Column
		}
	}
	return 1, 1
}

// where says where the node stands, for people.
func (n *node) where() string {
	line, _ := n.place()
	return n.file + ":" + strconv.Itoa(line)
}

// An entry is a key and its value.
type entry struct {
	key   string
	at    *node // the key
	value *node
}

// entries reads a mapping, in order.
func (n *node) entries() ([]entry, error) {
	var values []*ast.MappingValueNode
	switch m := n.ast.(type) {
	case nil:
	case *ast.NullNode:
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		return nil, n.errorf("want a mapping of keys to values")
	}
	var out []entry
	seen := map[string]bool{}
	for _, v := range values {
		at := &node{n.file, v.Key}
		key, err := at.text()
		if err != nil {
			return nil, at.errorf("want a plain key")
		}
		if seen[key] {
			return nil, at.errorf("this key stands twice")
		}
		seen[key] = true
		out = append(out, entry{key, at, &node{n.file, v.Value}})
	}
	return out, nil
}

// list reads a sequence; a scalar is a list of one.
func (n *node) list() ([]*node, error) {
	switch s := n.ast.(type) {
	case nil, *ast.NullNode:
		return nil, nil
	case *ast.SequenceNode:
		var out []*node
		for _, v := range s.Values {
			out = append(out, &node{n.file, v})
		}
		return out, nil
	case *ast.MappingNode, *ast.MappingValueNode:
		return nil, n.errorf("want a list")
	}
	if _, err := n.text(); err != nil {
		return nil, err
	}
	return []*node{n}, nil
}

// text reads a scalar as it is written, without quotes.
func (n *node) text() (string, error) {
	switch s := n.ast.(type) {
	case *ast.StringNode:
		return s.Value, nil
	case *ast.LiteralNode:
		return strings.TrimRight(s.Value.Value, "\n"), nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.ast.GetToken().Value, nil
	case *ast.AliasNode, *ast.AnchorNode, *ast.MergeKeyNode:
		return "", n.errorf("anchors and aliases are not read here; to share rules, use extends")
	case *ast.TagNode:
		return "", n.errorf("tags are not read here")
	}
	return "", n.errorf("want a text; one with a colon in it wants quotes")
}

// texts reads a list of scalars.
func (n *node) texts() ([]string, error) {
	list, err := n.list()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range list {
		s, err := x.text()
		if err != nil {
			return nil, err
		}
		if s == "" {
			return nil, x.errorf("want a text that is not empty")
		}
		out = append(out, s)
	}
	return out, nil
}

func (n *node) truth() (bool, error) {
	if b, ok := n.ast.(*ast.BoolNode); ok {
		return b.Value, nil
	}
	return false, n.errorf("want true or false")
}

func (n *node) number(least, most int) (int, error) {
	if s, err := n.text(); err == nil {
		if i, err := strconv.Atoi(s); err == nil && i >= least && i <= most {
			return i, nil
		}
	}
	return 0, n.errorf("want a whole number from %d to %d", least, most)
}

// choice reads one of a few words.
func (n *node) choice(words ...string) (string, error) {
	s, err := n.text()
	if err != nil {
		return "", err
	}
	for _, w := range words {
		if s == w {
			return s, nil
		}
	}
	return "", n.errorf("want %s", either(words))
}

func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// unknown is the error for a word that is none of known, with the nearest.
func (n *node) unknown(what, word string, known []string) error {
	if near := nearest(word, known); near != "" {
		return n.errorf("unknown %s: did you mean %s", what, near)
	}
	return n.errorf("unknown %s: want %s", what, either(known))
}

// nearest returns the word of known that is likest to word, "" if none is.
func nearest(word string, known []string) string {
	word = strings.ToLower(strings.ReplaceAll(word, "_", "-"))
	if word == "" || len(word) > 40 {
		return ""
	}
	best, least := "", 1+len(word)/3
	for _, k := range known {
		d := edits(word, strings.ReplaceAll(k, "_", "-"))
		if len(word) >= 3 && strings.HasPrefix(k, word) {
			d = min(d, 1)
		}
		if d <= least && (best == "" || d < least) {
			best, least = k, d
		}
	}
	return best
}

// edits returns how many bytes have to be put in, taken out or changed, or pairs
// of neighbours swapped, to make b of a.
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
