package scrimbeam

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"cloud.google.com/go/storage"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/gcsx"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/scrim-dev/scrim/pipeline"
)

// openAt opens a file of any file system at an offset. Beam's file systems read
// from the start only, which would make reading a file in n ranges cost n/2
// times the file; so where a store has ranged reads they are asked for here.
func openAt(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	scheme, _, _ := strings.Cut(name, "://")
	if offset > 0 {
		switch scheme {
		case "gs":
			return openGS(ctx, name, offset)
		case "s3":
			return openS3(ctx, name, offset)
		}
	}
	fsys, err := openFS(ctx, name)
	if err != nil {
		return nil, err
	}
	r, err := fsys.OpenRead(ctx, name)
	if err != nil {
		fsys.Close()
		return nil, err
	}
	in := &closers{r, []io.Closer{r, fsys}}
	if offset == 0 {
		return in, in.fill(name)
	}
	if s, ok := r.(io.Seeker); ok {
		_, err = s.Seek(offset, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, r, offset)
	}
	if err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// closers closes what a reader is made of.
type closers struct {
	io.Reader
	all []io.Closer
}

// fill reads ahead as much as a pipeline looks at, from where reading may be slow:
// a pipeline waits for that only so long, and what it takes an input for shall
// not depend on the network.
func (c *closers) fill(name string) error {
	if isLocal(name) {
		return nil
	}
	head := make([]byte, 2*pipeline.SampleSize)
	n, err := io.ReadFull(c.Reader, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return errors.Join(err, c.Close())
	}
	c.Reader = io.MultiReader(bytes.NewReader(head[:n]), c.Reader)
	return nil
}

func (c *closers) Close() error {
	var first error
	for _, x := range c.all {
		if err := x.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func openGS(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	bucket, object, err := gcsx.ParseObject(name)
	if err != nil {
		return nil, err
	}
	client, err := gcsx.NewClient(ctx, storage.ScopeReadOnly)
	if err != nil { // as Beam's file system does
		if client, err = gcsx.NewUnauthenticatedClient(ctx); err != nil {
			return nil, err
		}
	}
	r, err := client.Bucket(bucket).Object(object).NewRangeReader(ctx, offset, -1)
	if err != nil {
		client.Close()
		return nil, err
	}
	return &closers{r, []io.Closer{r, client}}, nil
}

func openS3(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	u, err := url.Parse(name)
	if err != nil {
		return nil, fmt.Errorf("%s: is no s3 address", name)
	}
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	out, err := s3.NewFromConfig(cfg).GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(u.Host),
		Key:    aws.String(strings.TrimPrefix(name, "s3://"+u.Host+"/")),
		Range:  aws.String(fmt.Sprintf("bytes=%d-", offset)),
	})
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}
