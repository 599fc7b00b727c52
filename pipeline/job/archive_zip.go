package job

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// zipEncrypted is the flag of an encrypted entry (APPNOTE.TXT 6.3.10, 4.4.4).
const zipEncrypted = 0x1

// zip filters a zip archive entry by entry, in the order of its directory.
func (x *passage) zip(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, depth int) error {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return errors.New("the zip archive is damaged, or is a part of a set")
	}
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	zr.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor())
	var zw *zip.Writer
	if out != nil {
		zw = zip.NewWriter(out)
		zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
			return flate.NewWriter(w, flate.DefaultCompression)
		})
		zw.RegisterCompressor(zstd.ZipMethodWinZip, zstd.ZipCompressor())
		comment := zr.Comment
		if x.rename != nil && comment != "" {
			if comment, err = x.rename(comment); err != nil {
				return err
			}
		}
		if err := zw.SetComment(comment); err != nil {
			return err
		}
	}
	for i, f := range zr.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.zipEntry(ctx, f, zw, depth); err != nil {
			switch {
			case errors.Is(err, zip.ErrAlgorithm):
				err = errors.New("is compressed in a way that scrim does not know: repack the archive")
			case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat):
				err = errors.New("is damaged")
			}
			return entryError(i+1, err)
		}
	}
	if zw != nil {
		return zw.Close()
	}
	return nil
}

func (x *passage) zipEntry(ctx context.Context, f *zip.File, zw *zip.Writer, depth int) error {
	switch {
	case climbs(f.Name):
		return errClimbs
	case f.Flags&zipEncrypted != 0:
		return errors.New("is encrypted: unpack the archive first")
	}
	x.entries++
	var w io.Writer
	if zw != nil {
		h := f.FileHeader
		h.Extra = withoutExtra(h.Extra)
		if x.rename != nil {
			var err error
			if h.Name, err = x.rename(h.Name); err != nil {
				return err
			}
			h.Comment = ""
		}
		var err error
		if w, err = zw.CreateHeader(&h); err != nil {
			return err
		}
	}
	if strings.HasSuffix(f.Name, "/") {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if f.Mode()&fs.ModeSymlink != 0 {
		return x.zipLink(r, w)
	}
	if err := x.content(ctx, r, w, depth, "entry"); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, contextReader{ctx, r}) // to its checksum
	return err
}

// zipLink copies an entry that is a symbolic link: what it holds is a path.
func (x *passage) zipLink(r io.Reader, w io.Writer) error {
	const longest = 4096
	b, err := io.ReadAll(io.LimitReader(r, longest+1))
	if err != nil {
		return err
	}
	if len(b) > longest {
		return errors.New("is a symbolic link to a path over 4096 bytes")
	}
	if w == nil {
		return nil
	}
	to := string(b)
	if x.rename != nil {
		if to, err = x.rename(to); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, to)
	return err
}

// withoutExtra leaves out what the writer makes itself: sizes (0x0001) and the
// extended time (0x5455).
func withoutExtra(extra []byte) []byte {
	var out []byte
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			break
		}
		if id != 0x0001 && id != 0x5455 {
			out = append(out, extra[:4+n]...)
		}
		extra = extra[4+n:]
	}
	return out
}
