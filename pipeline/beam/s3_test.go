package scrimbeam

import (
	"bytes"
	"net/http/httptest"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

func TestS3(t *testing.T) {
	files := inputs()
	store := s3mem.New()
	server := httptest.NewServer(gofakes3.New(store).Server())
	defer server.Close()
	for k, v := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(k, v)
	}
	for _, bucket := range []string{"lake", "clean"} {
		if err := store.CreateBucket(bucket); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string][]byte{}
	for _, name := range []string{"app.log", "table.csv", "app.log.gz"} {
		want[name] = files[name]
		if _, err := store.PutObject("lake", "in/"+name, nil, bytes.NewReader(files[name]), int64(len(files[name])), nil); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Run(t.Context(), Config{Patterns: []string{"s3://lake/in/*"}, Output: "s3://clean/out", Range: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Dead) > 0 {
		t.Fatalf("dead letters: %v", r.Dead)
	}
	fsys, err := filesystem.New(t.Context(), "s3://clean")
	if err != nil {
		t.Fatal(err)
	}
	checkOutputs(t, Settings{}, want, "s3://lake/in", r.Report, func(name string) ([]byte, error) {
		return filesystem.Read(t.Context(), fsys, "s3://clean/out/"+name)
	})
	left, err := fsys.List(t.Context(), "s3://clean/out/.scrim/tmp/*")
	if err != nil || len(left) > 0 {
		t.Errorf("%d temporary objects are left (%v)", len(left), err)
	}
}
