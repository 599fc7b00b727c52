package arrow

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// TestPyarrow changes what pyarrow wrote and has pyarrow read it.
func TestPyarrow(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Python")
	}
	if err := exec.Command("python3", "-c", "import pyarrow").Run(); err != nil {
		t.Skipf("python3 with pyarrow is not there: %v", err)
	}
	dir := t.TempDir()
	if out, err := exec.Command("python3", "testdata/ipc.py", "write", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.arrow*"))
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		decide := func(columns []parquet.Column) map[int]parquet.Rewriter {
			all := map[int]parquet.Rewriter{}
			for i, c := range columns {
				if strings.Contains(c.Path, "secret") {
					all[i] = label
				}
			}
			return all
		}
		var out bytes.Buffer
		if strings.HasSuffix(name, "s") {
			_, err = rewriteStream(data, &out, decide, nil)
		} else {
			_, err = rewriteFile(data, &out, decide, nil)
		}
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		if bytes.Contains(out.Bytes(), []byte("secret-")) {
			t.Errorf("%s: an old value is left", filepath.Base(name))
		}
		if err := os.WriteFile(name+".out", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("python3", "testdata/ipc.py", "check", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "compared") {
			t.Error(line)
		}
	}
	if n := strings.Count(string(out), "compared"); n != 6 {
		t.Errorf("%d of 6 files were compared", n)
	}
}
