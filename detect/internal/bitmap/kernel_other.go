//go:build (!amd64 && !arm64) || purego

package bitmap

func vectorKernels() []kernel { return nil }
