package job

import (
	"fmt"
	"sync/atomic"
)

// Limits bound what an input may ask for. Zero means the default.
type Limits struct {
	// ArchiveDepth is how many archives may stand in each other, and how many
	// layers of compression; negative means that there may be no archive.
	ArchiveDepth int
	// Ratio is how many times its size an input may have when it is unpacked, all
	// its entries together; the first UnpackFree bytes are free.
	Ratio int64
	// EntryMemory is how many bytes of an archive's entry are kept in memory;
	// larger ones go to a temporary file.
	EntryMemory int64
}

// Defaults of Limits.
const (
	DefaultArchiveDepth = 3
	DefaultRatio        = 250
	DefaultEntryMemory  = 8 << 20
	// UnpackFree is what an input may unpack to whatever its size, in bytes.
	UnpackFree = 64 << 20
)

func (l *Limits) setDefaults() {
	if l.ArchiveDepth == 0 {
		l.ArchiveDepth = DefaultArchiveDepth
	}
	if l.Ratio <= 0 {
		l.Ratio = DefaultRatio
	}
	if l.EntryMemory <= 0 {
		l.EntryMemory = DefaultEntryMemory
	}
}

// A BombError says that an input unpacks to more than its limit.
type BombError struct{ Ratio int64 }

func (e *BombError) Error() string {
	return fmt.Sprintf("unpacks to over %d times its size: a decompression bomb, or give --max-ratio more", e.Ratio)
}

// A budget is what one input may still unpack to, in all its layers. Each layer
// may be read by a goroutine of its own.
type budget struct {
	ratio  int64
	stored func() int64 // bytes of the input, as stored, that count
	used   atomic.Int64
}

func (b *budget) spend(n int) error {
	if used := b.used.Add(int64(n)); used > UnpackFree && used/b.ratio > b.stored() {
		return &BombError{b.ratio}
	}
	return nil
}
