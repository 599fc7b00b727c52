package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
)

// explain writes a line about a finding: where it is, what it is and what speaks
// for it; or why what stands there is none.
//
//	app.log:12:5-20 email 97 %: detector email; checked: ...; evidence: its form
//	app.log:13:1-17 not credit_card: its check digit is wrong
func explain(w io.Writer, x *pipeline.Finding) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d-%d ", x.Path, x.Line, x.Start, x.End)
	if x.Miss != "" {
		fmt.Fprintf(&b, "not %s: %s", x.Kind, x.Miss)
	} else {
		fmt.Fprintf(&b, "%s %d %%: detector %s; checked: %s; evidence: %s", x.Kind, x.Score, x.Detector, x.Validation, x.Evidence)
		if x.Field != "" {
			fmt.Fprintf(&b, " (%s)", x.Field)
		}
	}
	if x.Value != "" {
		fmt.Fprintf(&b, ": %q", x.Value)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}
