// Package scrim_test keeps the house in order: which room may import which, that
// every package says what it is, and that files stay readable.
package scrim_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/scrim-dev/scrim"

// rooms lists, for each room, the rooms that it may import. A room includes the
// folders below it, unless they are rooms themselves.
var rooms = map[string][]string{
	"cmd/scrim":       {"bench", "pipeline", "pipeline/format", "detect", "transform"},
	"bench":           {"pipeline", "pipeline/format", "detect", "transform"},
	"pipeline":        {"pipeline/format", "detect", "transform"},
	"pipeline/format": {},
	"detect":          {},
	"transform":       {},
}

// roomOf returns the room that a folder belongs to.
func roomOf(dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if _, ok := rooms[dir]; ok {
			return dir
		}
	}
	return ""
}

// goFiles calls do with every Go file of the module, by its slash-separated path.
func goFiles(t *testing.T, do func(name string, src []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") {
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			do(filepath.ToSlash(name), src)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsRunOneWay(t *testing.T) {
	goFiles(t, func(name string, src []byte) {
		room := roomOf(path.Dir(name))
		if room == "" {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			return
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Error(err)
				continue
			}
			inside, ok := strings.CutPrefix(imported, module+"/")
			if !ok {
				continue
			}
			if to := roomOf(inside); to != room && !slices.Contains(rooms[room], to) {
				t.Errorf("%s imports %s, but %s may import only %v", name, inside, room, rooms[room])
			}
		}
	})
}

func TestEveryPackageIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	goFiles(t, func(name string, src []byte) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Error(err)
			return
		}
		dir := path.Dir(name)
		documented[dir] = documented[dir] || f.Doc != nil
	})
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s: no file has a package comment", dir)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	goFiles(t, func(name string, src []byte) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			t.Error(err)
			return
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Name.IsExported() && fn.Doc == nil && !isPlumbing(fn) {
				t.Errorf("%s: %s has no comment", fset.Position(fn.Pos()), fn.Name.Name)
			}
		}
	})
}

// isPlumbing says whether fn is a method of an unexported type, or one whose
// meaning its interface gives.
func isPlumbing(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return false
	}
	e := fn.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	id, ok := e.(*ast.Ident)
	return ok && !id.IsExported() || fn.Name.Name == "Error" || fn.Name.Name == "Unwrap"
}

func TestFilesStayReadable(t *testing.T) {
	const most = 400
	goFiles(t, func(name string, src []byte) {
		if bytes.HasPrefix(src, []byte("// Code generated ")) {
			return
		}
		if n := bytes.Count(src, []byte{'\n'}); n > most {
			t.Errorf("%s has %d lines; more than %d want two files", name, n, most)
		}
		for _, vague := range []string{"util", "utils", "common", "helpers", "misc", "types"} {
			if path.Base(path.Dir(name)) == vague || strings.TrimSuffix(path.Base(name), ".go") == vague {
				t.Errorf("%s: %q says nothing of what is in it", name, vague)
			}
		}
	})
}
