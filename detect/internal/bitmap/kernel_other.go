//go:build !amd64 || purego

package bitmap

func vectorKernels() []kernel { return nil }
