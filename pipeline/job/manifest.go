package job

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// An Entry is a line of the manifest: an input whose output is there, whole. It
// holds no value, but names of files.
type Entry struct {
	// Path is the name of the input in the job, Output that of the output in the
	// output folder; both slash-separated.
	Path   string `json:"path"`
	Output string `json:"output"`
	// Size is in bytes, as stored; MTime the time of the last change.
	Size  int64     `json:"size"`
	MTime time.Time `json:"mtime"`
	// SHA256 is of the input as it was read, as stored (FIPS 180-4, hexadecimal).
	SHA256       string `json:"sha256"`
	OutputSize   int64  `json:"output_size"`
	OutputSHA256 string `json:"output_sha256"`
	Format       string `json:"format"`
	Compression  string `json:"compression,omitempty"`
	// Entries counts the files in an archive, those in archives in it included.
	Entries int64 `json:"entries,omitempty"`
	// BytesIn, BytesOut and Lines are of the text, decompressed.
	BytesIn  int64 `json:"bytes_in"`
	BytesOut int64 `json:"bytes_out"`
	Lines    int64 `json:"lines"`
	// Kinds, Failures, Dropped and LongRecords are those of a pipeline.Report.
	Kinds       map[string]uint64 `json:"kinds"`
	Failures    uint64            `json:"failures,omitempty"`
	Dropped     uint64            `json:"dropped_records,omitempty"`
	LongRecords int64             `json:"long_records,omitempty"`
	// Policy is the hash of the policy, Key the id of the key, Version scrim's.
	Policy  string `json:"policy"`
	Key     string `json:"key,omitempty"`
	Version string `json:"version"`
}

// A Manifest says what is done. Lines are appended as outputs appear; when the
// job is done they are put in order, one for each output.
type Manifest struct {
	mu      sync.Mutex
	name    string // in the output folder
	entries map[string]*Entry
	file    *os.File // nil: only read
	// written and synced count the lines that were added, and those of them that
	// are on the disk; syncing is closed when what is under way is done.
	written, synced int64
	syncing         chan struct{}
}

const (
	// stateDir is the folder, in an output folder, that is scrim's own.
	stateDir     = ".scrim"
	manifestName = "manifest"
	manifestExt  = ".jsonl"
)

// errManifest means that no output can be accounted for any more.
var errManifest = errors.New("cannot write the manifest")

// ReadManifest reads the manifests of an output folder: that of a whole job and
// those of shards. Entries are by output name.
func ReadManifest(dir string) (map[string]*Entry, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	m, err := readManifests(root)
	if err != nil {
		return nil, err
	}
	return m.entries, nil
}

func readManifests(root *os.Root) (*Manifest, error) {
	m := &Manifest{entries: map[string]*Entry{}}
	list, err := fs.Glob(root.FS(), path.Join(stateDir, manifestName+"*"+manifestExt))
	if err != nil {
		return nil, err
	}
	for _, name := range list {
		if err := m.read(root, name); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// read reads one file. A last line that was cut short is of an output that will
// be made again; any other line that is no entry is an error.
func (m *Manifest) read(root *os.Root, name string) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	b := bufio.NewReaderSize(f, 64<<10)
	for n := 1; ; n++ {
		line, err := b.ReadBytes('\n')
		if err != nil { // no line end: not written to its end
			return nil
		}
		e := new(Entry)
		if json.Unmarshal(line, e) != nil || e.Output == "" {
			return fmt.Errorf("%s: line %d is no line of a manifest: mend it, or remove the file to do all again", name, n)
		}
		m.entries[e.Output] = e
	}
}

// openManifest opens the manifest of a job, or of its shard, to be appended to.
func openManifest(root *os.Root, shard string) (*Manifest, error) {
	m, err := readManifests(root)
	if err != nil {
		return nil, err
	}
	m.name = path.Join(stateDir, manifestName+shard+manifestExt)
	m.file, err = root.OpenFile(m.name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return m, m.trim()
}

// trim cuts off a line without its end, so that the next begins on its own.
func (m *Manifest) trim() error {
	info, err := m.file.Stat()
	if err != nil {
		return err
	}
	end := info.Size()
	var tail [4096]byte
	for end > 0 {
		n := min(end, int64(len(tail)))
		if _, err := m.file.ReadAt(tail[:n], end-n); err != nil {
			return err
		}
		if i := bytes.LastIndexByte(tail[:n], '\n'); i >= 0 {
			end += int64(i+1) - n
			break
		}
		end -= n
	}
	if end == info.Size() {
		return nil
	}
	return m.file.Truncate(end)
}

// done returns the entry of an input that is done and unchanged since: the same
// size and time, under the same policy and key, with its output still there.
func (m *Manifest) done(root *os.Root, f *File, policy, key string) *Entry {
	m.mu.Lock()
	e := m.entries[f.Output]
	m.mu.Unlock()
	if e == nil || e.Path != f.Name || f.Size < 0 || e.Size != f.Size || !e.MTime.Equal(f.ModTime) || e.Policy != policy || e.Key != key {
		return nil
	}
	info, err := root.Lstat(f.Output)
	if err != nil || !info.Mode().IsRegular() || info.Size() != e.OutputSize {
		return nil
	}
	return e
}

// add appends a line, and has it on the disk before it returns. Lines that come
// while the disk is busy go together.
func (m *Manifest) add(e *Entry) error {
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("%w: %w", errManifest, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	before, err := m.file.Stat()
	if err == nil {
		_, err = m.file.Write(append(b, '\n'))
		if err != nil { // half a line would hide the next
			_ = m.file.Truncate(before.Size())
		}
	}
	if err == nil {
		m.written++
		err = m.sync(m.written)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errManifest, err)
	}
	m.entries[e.Output] = e
	return nil
}

// sync has the first n lines that were added on the disk. m.mu is held, but for
// the time that this takes.
func (m *Manifest) sync(n int64) error {
	for m.synced < n {
		if m.syncing != nil { // another's may do
			done := m.syncing
			m.mu.Unlock()
			<-done
			m.mu.Lock()
			continue
		}
		done, upTo := make(chan struct{}), m.written
		m.syncing = done
		m.mu.Unlock()
		err := m.file.Sync()
		m.mu.Lock()
		m.syncing = nil
		close(done)
		if err != nil {
			return err
		}
		m.synced = upTo
	}
	return nil
}

// compact writes the manifest anew, in the order of the outputs, when the order
// or a line is another. A shard writes what it has in its own file only.
func (m *Manifest) compact(root *os.Root) error {
	own := &Manifest{entries: map[string]*Entry{}}
	if err := own.read(root, m.name); err != nil {
		return err
	}
	if !strings.Contains(path.Base(m.name), "-") { // of the whole job
		own.entries = m.entries
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, name := range slices.Sorted(maps.Keys(own.entries)) {
		if err := enc.Encode(own.entries[name]); err != nil {
			return err
		}
	}
	temp := path.Join(stateDir, tempPrefix+path.Base(m.name))
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = f.Write(b.Bytes())
		err = errors.Join(err, f.Sync(), f.Close())
		if err == nil {
			err = root.Rename(temp, m.name)
		}
		if err != nil {
			_ = root.Remove(temp)
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errManifest, err)
	}
	return syncDir(root, stateDir)
}

func (m *Manifest) close() {
	if m.file != nil {
		m.file.Close()
	}
}
