package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/transform"
)

// keyFlags say where the master key is.
type keyFlags struct {
	keyFile   string
	keyEnv    string
	previous  []string
	ephemeral bool
}

func (f *keyFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&f.keyFile, "key-file", "", "`FILE` that holds the master key (see scrim keygen)")
	fs.StringVar(&f.keyEnv, "key-env", "", "environment `VARIABLE` that holds the master key")
	fs.StringArrayVar(&f.previous, "previous-key-file", nil, "`FILE` that holds a key from before: its tokens are opened and found, none is made (repeatable)")
}

// keys returns the keys that the flags name; nil if they name none. From then on
// the memory of the program is kept out of core dumps.
func (f *keyFlags) keys() (*transform.Keys, error) {
	sources := 0
	for _, given := range []bool{f.keyFile != "", f.keyEnv != "", f.ephemeral} {
		if given {
			sources++
		}
	}
	switch {
	case sources > 1:
		return nil, errors.New("only one of --key-file, --key-env and --ephemeral-key can be given")
	case sources == 0 && len(f.previous) > 0:
		return nil, errors.New("--previous-key-file wants the key of today beside it: give --key-file or --key-env")
	case sources == 0:
		return nil, nil
	}
	if err := keepOutOfCoreDumps(); err != nil {
		return nil, err
	}
	var keys *transform.Keys
	var err error
	switch {
	case f.keyFile != "":
		keys, err = transform.LoadKeyFile(f.keyFile)
	case f.keyEnv != "":
		keys, err = transform.KeyFromEnv(f.keyEnv)
	default:
		keys = transform.Ephemeral()
	}
	for _, name := range f.previous {
		if err != nil {
			return nil, err
		}
		var older *transform.Keys
		if older, err = transform.LoadKeyFile(name); err == nil {
			keys = keys.WithPrevious(older)
		}
	}
	return keys, err
}
