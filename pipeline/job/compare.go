package job

import (
	"archive/tar"
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strconv"

	"github.com/klauspost/compress/zstd"

	"github.com/scrim-dev/scrim/pipeline"
)

// A comparison is one input and its output being compared.
type comparison struct {
	v      *verifier
	pipe   *pipeline.Pipeline // searches BEFORE
	plain  *pipeline.Pipeline // searches AFTER
	budget budget
	name   string
	entry  []int // numbers of the entries that it is in
	most   int

	files, entries         int64
	records, before, after int64
	values, kept           uint64
	notes                  map[string]uint64
	count                  int64
	faults                 []Fault
}

// fault notes a fault, where the comparison is.
func (c *comparison) fault(f Fault) {
	c.count++
	if len(c.faults) >= c.most {
		return
	}
	f.Path = c.name
	for i, n := range c.entry {
		if i > 0 {
			f.Entry += "/"
		}
		f.Entry += strconv.Itoa(n)
	}
	c.faults = append(c.faults, f)
}

// A side is one of the two that are compared: a file, or an entry of an archive.
type side struct {
	r    io.ReaderAt
	size int64
}

func (s side) reader() io.Reader { return io.NewSectionReader(s.r, 0, s.size) }

// manifest compares both with the manifest's line.
func (c *comparison) manifest(ctx context.Context, p pair, before, after *os.File) {
	e := p.entry
	if e == nil {
		if c.v.total.Manifest {
			c.fault(Fault{What: FaultManifest, Detail: "has no line in the manifest"})
		}
		return
	}
	if e.Policy != c.v.total.Policy {
		c.fault(Fault{What: FaultManifest, Detail: "was made under another policy: give verify the flags that run had"})
	}
	if c.v.total.KeyKnown && e.Key != c.v.total.Key {
		c.fault(Fault{What: FaultManifest, Detail: "was made with another key"})
	}
	for _, s := range []struct {
		file      *os.File
		want, not string
	}{{before, e.SHA256, "the input is not the one that was read"}, {after, e.OutputSHA256, "the output is not the one that was written"}} {
		h := sha256.New()
		_, err := io.Copy(h, contextReader{ctx, io.NewSectionReader(s.file, 0, 1<<62)})
		if err == nil && hex.EncodeToString(h.Sum(nil)) != s.want {
			c.fault(Fault{What: FaultManifest, Detail: s.not})
		}
	}
}

// compare compares two sides of any form.
func (c *comparison) compare(ctx context.Context, b, a side, depth int) error {
	if depth > c.v.cfg.Limits.ArchiveDepth {
		c.fault(Fault{What: FaultUnverified, Detail: "archives in each other, deeper than --archive-depth"})
		return nil
	}
	bs, as := c.open(b), c.open(a)
	defer bs.Close()
	defer as.Close()
	bHead, aHead := bs.Peek(headBytes), as.Peek(headBytes)
	kind := containerOf(bHead)
	switch inB, inA := pipeline.CodecOf(bHead), pipeline.CodecOf(aHead); {
	case bs.Codec != as.Codec || bs.Charset != as.Charset || kind != containerOf(aHead) && len(aHead) > 0,
		bs.Codec != "" && inB != inA:
		c.fault(Fault{What: FaultForm, Detail: "the output has another compression, character set or form than the input"})
		return nil
	case bs.Codec != "" && inB != "" || kind.whole() && bs.Codec != "":
		return c.unpacked(bs, as, func(b, a side) error { return c.compare(ctx, b, a, depth+1) })
	case kind == containerTar:
		bs.Watch(c.budget.spend)
		as.Watch(c.budget.spend)
		return c.tars(ctx, bs, as, depth+1)
	case kind == containerZip:
		return c.zips(ctx, b, a, depth+1)
	case kind.columnar():
		return c.wholes(ctx, kind, b, a)
	case kind != containerNone:
		c.fault(Fault{What: FaultUnverified, Detail: "is " + string(kind) + ", which verify cannot look into"})
		return nil
	}
	return c.texts(ctx, b, a)
}

func (c *comparison) open(s side) *pipeline.Source {
	src := pipeline.NewSource(s.reader(), c.name)
	src.Patient()
	return src
}

// unpacked calls do with what both readers give, held in memory or in a file.
func (c *comparison) unpacked(b, a io.Reader, do func(b, a side) error) error {
	var sides [2]side
	for i, r := range []io.Reader{b, a} {
		s := &spool{limit: c.v.cfg.Limits.EntryMemory, open: privateFile}
		defer s.reset()
		if _, err := io.Copy(s, metered{r, &c.budget}); err != nil {
			return err
		}
		sides[i] = side{s, s.size}
	}
	return do(sides[0], sides[1])
}

// A metered reader spends a budget.
type metered struct {
	r io.Reader
	b *budget
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if berr := m.b.spend(n); berr != nil {
		return 0, berr
	}
	return n, err
}

// privateFile makes a temporary file that only the user can read.
func privateFile() (*os.File, func(), error) {
	f, err := os.CreateTemp("", "scrim-verify-")
	if err != nil {
		return nil, nil, err
	}
	return f, func() { _ = os.Remove(f.Name()) }, nil
}

// tars compares two tar archives entry by entry.
func (c *comparison) tars(ctx context.Context, b, a io.Reader, depth int) error {
	br, ar := tar.NewReader(b), tar.NewReader(a)
	c.entry = append(c.entry, 0)
	defer func() { c.entry = c.entry[:len(c.entry)-1] }()
	for n := 1; ; n++ {
		c.entry[len(c.entry)-1] = n
		bh, berr := br.Next()
		ah, aerr := ar.Next()
		switch {
		case berr == io.EOF && aerr == io.EOF:
			return nil
		case berr == io.EOF:
			c.fault(Fault{What: FaultExtra, Detail: "the archive has more entries than the input's"})
			return nil
		case aerr == io.EOF:
			c.fault(Fault{What: FaultMissing, Detail: "the archive has fewer entries than the input's"})
			return nil
		case berr != nil || aerr != nil:
			return errors.New("an archive is damaged or ends too early")
		}
		c.entries++
		if !c.sameHeader(bh, ah) {
			c.fault(Fault{What: FaultForm, Detail: "the header of the entry is another"})
		}
		if bh.Size == 0 && ah.Size == 0 {
			continue
		}
		if err := c.unpacked(br, ar, func(b, a side) error { return c.compare(ctx, b, a, depth) }); err != nil {
			return err
		}
	}
}

// sameHeader compares all but sizes, and names only if they were left alone.
func (c *comparison) sameHeader(b, a *tar.Header) bool {
	names := c.v.cfg.Names || a.Name == b.Name && a.Linkname == b.Linkname && a.Uname == b.Uname && a.Gname == b.Gname
	return (a.Typeflag == b.Typeflag || b.Typeflag == tar.TypeGNUSparse && a.Typeflag == tar.TypeReg) &&
		a.Mode == b.Mode && a.Uid == b.Uid && a.Gid == b.Gid && a.ModTime.Equal(b.ModTime) &&
		a.Devmajor == b.Devmajor && a.Devminor == b.Devminor && names
}

// zips compares two zip archives entry by entry.
func (c *comparison) zips(ctx context.Context, b, a side, depth int) error {
	br, berr := zip.NewReader(b.r, b.size)
	ar, aerr := zip.NewReader(a.r, a.size)
	if berr != nil || aerr != nil {
		return errors.New("a zip archive is damaged")
	}
	for _, r := range []*zip.Reader{br, ar} {
		r.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor())
	}
	if len(br.File) != len(ar.File) {
		what, detail := FaultMissing, "the archive has fewer entries than the input's"
		if len(br.File) < len(ar.File) {
			what, detail = FaultExtra, "the archive has more entries than the input's"
		}
		c.fault(Fault{What: what, Detail: detail})
	}
	c.entry = append(c.entry, 0)
	defer func() { c.entry = c.entry[:len(c.entry)-1] }()
	for i := range min(len(br.File), len(ar.File)) {
		c.entry[len(c.entry)-1] = i + 1
		c.entries++
		if err := c.zipEntries(ctx, br.File[i], ar.File[i], depth); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) zipEntries(ctx context.Context, b, a *zip.File, depth int) error {
	if !c.v.cfg.Names && b.Name != a.Name || b.Mode() != a.Mode() || !b.Modified.Equal(a.Modified) || b.Method != a.Method {
		c.fault(Fault{What: FaultForm, Detail: "the header of the entry is another"})
	}
	br, berr := b.Open()
	ar, aerr := a.Open()
	for _, r := range []io.Closer{br, ar} {
		if r != nil {
			defer r.Close()
		}
	}
	if berr != nil || aerr != nil {
		return errors.New("an entry cannot be read")
	}
	return c.unpacked(br, ar, func(b, a side) error { return c.compare(ctx, b, a, depth) })
}
