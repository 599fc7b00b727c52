package pipeline_test

import (
	"bytes"
	"fmt"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
)

// What is read decoded is written back as it was stored.
func ExampleSource_Encode() {
	stored := []byte("\xff\xfeh\x00i\x00") // UTF-16 with its mark
	source := pipeline.NewSource(bytes.NewReader(stored), "greeting")
	text, err := io.ReadAll(source)
	if err != nil {
		fmt.Println(err)
	}

	var out bytes.Buffer
	w, err := source.Encode(&out)
	if err != nil {
		fmt.Println(err)
	}
	w.Write(bytes.ToUpper(text))
	w.Close()
	fmt.Printf("%s %s %q\n", source.Charset, text, out.Bytes())
	// Output:
	// utf-16le hi "\xff\xfeH\x00I\x00"
}
