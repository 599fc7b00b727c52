package job

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
)

// tar filters a tar archive entry by entry. Headers keep what they say but the
// size; what is no regular file passes as it is.
func (x *passage) tar(ctx context.Context, r io.Reader, out io.Writer, depth int) error {
	tr := tar.NewReader(r)
	var tw *tar.Writer
	if out != nil {
		tw = tar.NewWriter(out)
	}
	s := &spool{limit: x.limits.EntryMemory, open: x.temp}
	defer s.reset()
	for n := 1; ; n++ {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = x.tarEntry(ctx, tr, h, tw, s, depth)
		}
		if err != nil {
			return entryError(n, err)
		}
	}
	// What stands behind the end is padding; the layer below wants it read.
	if _, err := io.Copy(io.Discard, contextReader{ctx, r}); err != nil {
		return err
	}
	if tw != nil {
		return tw.Close()
	}
	return nil
}

func (x *passage) tarEntry(ctx context.Context, tr *tar.Reader, h *tar.Header, tw *tar.Writer, s *spool, depth int) error {
	if climbs(h.Name) || h.Typeflag == tar.TypeLink && climbs(h.Linkname) {
		return errClimbs
	}
	x.entries++
	s.reset()
	if h.Size > 0 {
		var to io.Writer
		if tw != nil {
			to = s
		}
		if err := x.content(ctx, tr, to, depth, "entry"); err != nil {
			return err
		}
		// An entry may hold more than its own codec has read.
		if _, err := io.Copy(io.Discard, contextReader{ctx, tr}); err != nil {
			return err
		}
	}
	if tw == nil {
		return nil
	}
	h.Size = s.size
	if h.Typeflag == tar.TypeGNUSparse {
		h.Typeflag = tar.TypeReg // with its holes filled
	}
	if err := x.tarNames(h); err != nil {
		return err
	}
	if err := tw.WriteHeader(h); err != nil {
		if !errors.Is(err, tar.ErrHeader) {
			return err
		}
		h.Format = tar.FormatPAX // such as a size beyond what the old form can say
		if err := tw.WriteHeader(h); err != nil {
			return errors.New("its header cannot be written again: repack the archive")
		}
	}
	_, err := io.Copy(tw, s.reader())
	return err
}

// tarNames replaces personal data in what a header says of the file: its name
// and comments; the names of owner and group go.
func (x *passage) tarNames(h *tar.Header) (err error) {
	if x.rename == nil {
		return nil
	}
	h.Uname, h.Gname = "", ""
	if h.Name, err = x.rename(h.Name); err != nil {
		return err
	}
	if h.Linkname, err = x.rename(h.Linkname); err != nil {
		return err
	}
	for k, v := range h.PAXRecords {
		if h.PAXRecords[k], err = x.rename(v); err != nil {
			return err
		}
	}
	return nil
}

// entryError says in which entry of an archive, from 1, something is wrong. Names
// of entries may be personal data, and are not told.
func entryError(n int, err error) error {
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the archive is damaged or ends too early")
	}
	return fmt.Errorf("entry %d: %w", n, err)
}
