package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The example of a Spark job gives the lines that scrim gives, and fails where
// scrim does.
func TestSparkExample(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Spark: not with -short")
	}
	python := os.Getenv("SCRIM_SPARK_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import pyspark").Run(); err != nil {
		t.Skip("no Python with pyspark: SCRIM_SPARK_PYTHON can name one")
	}
	if _, err := exec.LookPath("java"); err != nil {
		t.Skip("no Java for Spark")
	}
	dir := t.TempDir()
	scrim := filepath.Join(dir, "scrim")
	if out, err := exec.Command("go", "build", "-o", scrim, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	input, err := os.ReadFile("../../testdata/app.log")
	if err != nil {
		t.Fatal(err)
	}
	input = append(bytes.Repeat(input, 20), "caf\xc3\xa9 mail a@example.com\r\n"...)
	source := filepath.Join(dir, "in.log")
	if err := os.WriteFile(source, input, 0o666); err != nil {
		t.Fatal(err)
	}
	spark := func(target string, flags ...string) error {
		c := exec.Command(python, append([]string{"../../docs/spark/scrub.py", source, target}, flags...)...)
		c.Env = append(os.Environ(), "SCRIM="+scrim, "PYSPARK_PYTHON="+python, "SPARK_LOCAL_IP=127.0.0.1")
		return c.Run()
	}
	target := filepath.Join(dir, "out")
	if err := spark(target); err != nil {
		t.Fatal(err)
	}
	parts, err := filepath.Glob(filepath.Join(target, "part-*"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(parts)
	var got bytes.Buffer
	for _, p := range parts {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		got.Write(b)
	}
	c := exec.Command(scrim, "--input-format", "text")
	c.Stdin = bytes.NewReader(input)
	want, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%d parts of %d bytes, other than the %d bytes of scrim", len(parts), got.Len(), len(want))
	}
	if strings.Contains(got.String(), "a@example.com") {
		t.Error("a value is left")
	}
	if err := spark(filepath.Join(dir, "failed"), "--set", "email=hash"); err == nil {
		t.Error("the job passes where scrim fails for want of a key")
	}
}
