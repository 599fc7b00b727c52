package scrimbeam

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
)

// listFn turns a pattern into files, keyed by the names of their outputs, which
// are as scrim run has them: what is in a folder goes by its path in the folder,
// what a glob names by its path behind the part without wildcards, a file by its
// name.
type listFn struct {
	Output string
}

// ProcessElement lists one pattern. A pattern that names nothing is a file that
// fails.
func (fn *listFn) ProcessElement(ctx context.Context, pattern string, emit func(string, File)) error {
	found := 0
	give := func(f File) {
		found++
		emit(f.Output, f)
	}
	err := fn.list(ctx, pattern, give)
	if err == nil && found == 0 {
		err = errors.New("names no file")
	}
	if err != nil {
		emit(outputName(pattern, pattern), File{Path: pattern, Output: outputName(pattern, pattern), Error: plainError(err)})
	}
	return nil
}

func (fn *listFn) list(ctx context.Context, pattern string, give func(File)) error {
	if isLocal(pattern) {
		if info, err := os.Stat(pattern); err == nil {
			if info.IsDir() {
				return fn.walk(pattern, give)
			}
			give(localFile(pattern, filepath.Base(pattern)))
			return nil
		}
	}
	fsys, err := openFS(ctx, pattern)
	if err != nil {
		return err
	}
	defer fsys.Close()
	names, err := fsys.List(ctx, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "/") { // the object that stands for a folder
			continue
		}
		output := outputName(pattern, name)
		if isLocal(name) {
			if info, err := os.Stat(name); err == nil && info.IsDir() {
				continue
			}
			give(localFile(name, output))
			continue
		}
		f := File{Path: name, Output: output}
		if f.Size, err = fsys.Size(ctx, name); err != nil {
			f.Error = plainError(err)
		}
		if m, ok := fsys.(filesystem.LastModifiedGetter); ok {
			if t, err := m.LastModified(ctx, name); err == nil {
				f.MTime = t.UnixNano()
			}
		}
		give(f)
	}
	return nil
}

// walk lists a local folder. Links and special files are left out, as is the
// output folder where it stands in there.
func (fn *listFn) walk(dir string, give func(File)) error {
	output, _ := os.Stat(fn.Output) // nil if it is not local, or not there
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			rel, _ := filepath.Rel(dir, name)
			give(File{Path: name, Output: filepath.ToSlash(rel), Error: plainError(err)})
			return nil
		}
		if d.IsDir() {
			if info, err := d.Info(); err == nil && output != nil && os.SameFile(info, output) {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() {
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				return err
			}
			give(localFile(name, filepath.ToSlash(rel)))
		}
		return nil
	})
}

func localFile(name, output string) File {
	f := File{Path: name, Output: output}
	info, err := os.Stat(name)
	if err != nil {
		f.Error = plainError(err)
		return f
	}
	f.Size, f.MTime, f.Mode = info.Size(), info.ModTime().UnixNano(), uint32(info.Mode().Perm())
	return f
}

// outputName returns the part of a name behind the folders of its pattern that
// have no wildcard.
func outputName(pattern, name string) string {
	if isLocal(pattern) {
		pattern, name = filepath.ToSlash(filepath.Clean(pattern)), filepath.ToSlash(filepath.Clean(name))
	}
	base := pattern
	if i := strings.IndexAny(pattern, "*?["); i >= 0 {
		base = pattern[:i]
	}
	base = base[:strings.LastIndexByte(base, '/')+1]
	if rest, ok := strings.CutPrefix(name, base); ok && rest != "" {
		return rest
	}
	return path.Base(name)
}

// plainError is the text of an error without the name of the file, which stands
// beside it.
func plainError(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}
