package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// pipeBytes is the size that pipes are given: as much as a user may have who is
// not root. Through the 64 KiB of a new pipe, reader and writer wake each other
// sixteen times as often.
const pipeBytes = 1 << 20

// widen gives a stream that is a pipe more room. It goes on without where the
// system refuses.
func widen(stream any) {
	f, ok := stream.(*os.File)
	if !ok {
		return
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return
	}
	if raw, err := f.SyscallConn(); err == nil {
		_ = raw.Control(func(fd uintptr) { // not File.Fd, which would make reads block
			_, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, pipeBytes)
		})
	}
}
