package job

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Inputs say which files are read.
type Inputs struct {
	// Paths are files, folders, globs (if no file has that name; ** stands for
	// any number of folders), or "-" for standard input. What is in a folder
	// goes by its path in the folder, what a glob names by its path behind the
	// part without wildcards, a file by its name, standard input by "stdin".
	Paths []string
	// List are files that go by their path as it is given, without a leading
	// slash; see ReadList.
	List []string
	// Include are patterns, one of which an input found in a folder must match;
	// none means all. Exclude are patterns of those that are left out.
	Include, Exclude []string
	// FollowLinks reads what symbolic links in folders lead to. They are left
	// out otherwise; links that are named are always followed.
	FollowLinks bool
	// SkipHidden leaves out what has a name that begins with a dot, in folders.
	SkipHidden bool
}

// A File is one input of a job.
type File struct {
	// Path is where it is read; "-" is standard input.
	Path string
	// Name identifies it in the job: slash-separated, relative.
	Name string
	// Output is the name of its output in the output folder.
	Output  string
	Size    int64 // -1 if it is not known
	ModTime time.Time
	// Err says why it cannot be read, if that is known already.
	Err error
}

// ReadList reads paths that stand in lines, or have a NUL behind each.
func ReadList(r io.Reader, nul bool) ([]string, error) {
	var out []string
	b := bufio.NewReaderSize(r, 64<<10)
	end := byte('\n')
	if nul {
		end = 0
	}
	for {
		s, err := b.ReadBytes(end)
		s = bytes.TrimSuffix(s, []byte{end})
		if !nul {
			s = bytes.TrimSuffix(s, []byte{'\r'})
		}
		if len(s) > 0 {
			out = append(out, string(s))
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// A lister makes the list of inputs.
type lister struct {
	in               Inputs
	include, exclude []pattern
	output           os.FileInfo // nil if it is not there yet
	skipped          func(path, why string)
	files            []*File
}

// list returns the inputs by name. output is the folder that is not read.
func (in Inputs) list(output string, skipped func(path, why string)) ([]*File, error) {
	l := &lister{in: in, skipped: skipped}
	var err error
	if l.include, err = parsePatterns(in.Include); err != nil {
		return nil, err
	}
	if l.exclude, err = parsePatterns(in.Exclude); err != nil {
		return nil, err
	}
	l.output, _ = os.Stat(output)
	for _, p := range in.Paths {
		if err := l.path(p); err != nil {
			return nil, err
		}
	}
	for _, p := range in.List {
		if err := l.listed(p); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(l.files, func(a, b *File) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Path, b.Path)) })
	return slices.CompactFunc(l.files, func(a, b *File) bool { return a.Name == b.Name && a.Path == b.Path }), nil
}

func (l *lister) path(p string) error {
	if p == "-" {
		l.files = append(l.files, &File{Path: p, Name: "stdin", Size: -1})
		return nil
	}
	info, err := os.Stat(p)
	switch {
	case err != nil && hasMeta(p) && errors.Is(err, fs.ErrNotExist):
		return l.glob(p)
	case err != nil:
		l.add(p, filepath.Base(p), nil, err)
		return nil
	case info.IsDir():
		return l.folder(p)
	}
	if err := l.outside(p); err != nil {
		return err
	}
	l.add(p, filepath.Base(p), info, nil)
	return nil
}

// folder lists what is in folder p.
func (l *lister) folder(p string) error {
	if err := l.outside(filepath.Join(p, "x")); err != nil {
		return err
	}
	l.walk(p, "", nil, nil)
	return nil
}

// glob lists what a pattern names.
func (l *lister) glob(p string) error {
	parts := strings.Split(toSlash(filepath.Clean(p)), "/")
	n := slices.IndexFunc(parts, hasMeta)
	base := strings.Join(parts[:n], "/")
	switch {
	case base == "" && n > 0:
		base = "/"
	case base == "":
		base = "."
	}
	if _, err := parsePattern(strings.Join(parts[n:], "/")); err != nil {
		return err
	}
	before := len(l.files)
	l.walk(filepath.FromSlash(base), "", nil, &pattern{parts[n:]})
	if len(l.files) == before {
		l.add(p, toSlash(p), nil, errors.New("no file has a name like this"))
	}
	return nil
}

// listed adds a file of a list of files.
func (l *lister) listed(p string) error {
	name := strings.TrimLeft(toSlash(filepath.Clean(p)), "/")
	if vol := filepath.VolumeName(p); vol != "" {
		name = strings.TrimLeft(strings.TrimPrefix(name, toSlash(vol)), "/")
	}
	info, err := os.Stat(p)
	switch {
	case !filepath.IsLocal(filepath.FromSlash(name)):
		err = errors.New("the path climbs out of the folder it starts in; the output would do so too")
	case err == nil && info.IsDir():
		err = errors.New("is a folder; a list names files")
	case err == nil:
		if err := l.outside(p); err != nil {
			return err
		}
	}
	l.add(p, name, info, err)
	return nil
}

// outside refuses an input that stands in the output folder.
func (l *lister) outside(p string) error {
	if l.output == nil {
		return nil
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, l.output) {
			return errors.New("an input stands in the output folder: give -o a folder outside of the inputs, or one below them")
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// walk lists folder dir, whose name in the job is name. above are the folders it
// stands in, to see when links lead in a circle.
func (l *lister) walk(dir, name string, above []os.FileInfo, only *pattern) {
	info, err := os.Stat(dir)
	if err != nil {
		l.add(dir, cmp.Or(name, "."), nil, err)
		return
	}
	if l.output != nil && os.SameFile(info, l.output) {
		l.skipped(dir, "is the output folder")
		return
	}
	if slices.ContainsFunc(above, func(a os.FileInfo) bool { return os.SameFile(a, info) }) {
		l.skipped(dir, "is a link to a folder that it stands in")
		return
	}
	above = append(slices.Clip(above), info)
	entries, err := os.ReadDir(dir)
	if err != nil {
		l.add(dir, cmp.Or(name, "."), nil, err)
	}
	for _, d := range entries {
		l.entry(dir, name, d, above, only)
	}
}

func (l *lister) entry(dir, name string, d fs.DirEntry, above []os.FileInfo, only *pattern) {
	p := filepath.Join(dir, d.Name())
	rel := d.Name()
	if name != "" {
		rel = name + "/" + rel
	}
	switch {
	case l.in.SkipHidden && strings.HasPrefix(d.Name(), "."):
		l.skipped(p, "is hidden")
		return
	case matchAny(l.exclude, rel):
		return
	}
	mode := d.Type()
	if mode&fs.ModeSymlink != 0 {
		if !l.in.FollowLinks {
			l.skipped(p, "is a symbolic link")
			return
		}
		info, err := os.Stat(p)
		if err != nil {
			l.add(p, rel, nil, err)
			return
		}
		mode = info.Mode().Type()
	}
	if mode.IsDir() && IsState(rel) {
		l.skipped(p, "is what scrim keeps of an output folder")
		return
	}
	if mode.IsDir() {
		l.walk(p, rel, above, only)
		return
	}
	if only != nil && !matchAny([]pattern{*only}, rel) || len(l.include) > 0 && !matchAny(l.include, rel) {
		return
	}
	if !mode.IsRegular() {
		l.skipped(p, "is no regular file")
		return
	}
	info, err := os.Stat(p)
	l.add(p, rel, info, err)
}

func (l *lister) add(p, name string, info os.FileInfo, err error) {
	f := &File{Path: p, Name: name, Size: -1, Err: err}
	if err == nil {
		if !info.Mode().IsRegular() {
			f.Err = errors.New("is no regular file; give - and let it be standard input")
		}
		f.Size, f.ModTime = info.Size(), info.ModTime()
	}
	l.files = append(l.files, f)
}

func toSlash(s string) string { return filepath.ToSlash(s) }
