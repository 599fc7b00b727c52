package bitmap

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkClassify(b *testing.B) {
	text := (*[viewBytes]byte)(sample(rand.New(rand.NewPCG(1, 1)), viewBytes))
	classes := new([NumClasses]slot)
	for _, k := range kernels {
		b.Run("kernel="+k.name, func(b *testing.B) {
			b.SetBytes(ChunkBytes)
			b.ReportAllocs()
			for b.Loop() {
				k.classify(classes, text)
			}
		})
	}
}

func BenchmarkRun(b *testing.B) {
	text := sample(rand.New(rand.NewPCG(1, 1)), 64*ChunkBytes)
	for _, ops := range []int{60, 200} {
		p := Compile(detectors(ops))
		for _, k := range kernels {
			b.Run(fmt.Sprintf("ops=%d/kernel=%s", ops, k.name), func(b *testing.B) {
				m := newMachine(p, k)
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					for at := 0; at < len(text); at += ChunkBytes {
						m.Run(text, at)
					}
				}
			})
		}
	}
}

// BenchmarkProgram leaves the classes as they are: the operations alone.
func BenchmarkProgram(b *testing.B) {
	text := sample(rand.New(rand.NewPCG(1, 1)), 2*ChunkBytes)
	for _, ops := range []int{60, 200} {
		p := Compile(detectors(ops))
		for _, k := range kernels {
			b.Run(fmt.Sprintf("ops=%d/kernel=%s", ops, k.name), func(b *testing.B) {
				m := newMachine(p, k)
				m.Run(text, 0)
				b.SetBytes(ChunkBytes)
				for b.Loop() {
					k.run(p.instrs, m.slots, m.marks)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*countOps(p)), "ns/bitmap-op")
			})
		}
	}
}
