package main

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestKeysStayOutOfCoreDumps(t *testing.T) {
	var before, after unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &before); err != nil {
		t.Fatal(err)
	}
	if _, err := (&keyFlags{ephemeral: true}).keys(); err != nil {
		t.Fatal(err)
	}
	// Other tests look into the files of this process.
	defer func() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0) }()
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &after); err != nil || after.Cur != 0 || after.Max != 0 {
		t.Errorf("core dumps of %d bytes are allowed, %v", after.Cur, err)
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil || dumpable != 0 {
		t.Errorf("dumpable is %d, %v", dumpable, err)
	}
}
