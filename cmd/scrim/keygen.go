package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/transform"
)

// newKeygen makes a master key.
func newKeygen(std streams) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "keygen",
		Short: "Make a master key",
		Long: `scrim keygen makes a random master key for the transforms that need one. With
-o it goes into a new file that only you can read; an existing file is never
overwritten. Keep it as you keep passwords: who has it can tie tokens to people.`,
		Example: `  scrim keygen -o scrim.key
  export SCRIM_KEY="$(scrim keygen)"`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			keys, text := transform.Generate()
			if out == "" {
				_, err := std.out.Write(text)
				return err
			}
			f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return err
			}
			_, err = f.Write(text)
			if cerr := f.Close(); err == nil {
				err = cerr
			}
			if err == nil {
				fmt.Fprintf(std.err, "scrim: key %s is in %s\n", keys.ID(), out)
			}
			return err
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "write the key to a new `FILE`")
	return c
}
