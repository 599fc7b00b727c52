package detect

import (
	"encoding/hex"
	"testing"
)

func TestKeccak256(t *testing.T) {
	for in, want := range map[string]string{
		"":    "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
		"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
	} {
		if sum := keccak256([]byte(in)); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%q: got %x", in, sum)
		}
	}
}

func TestCheckMonero(t *testing.T) {
	// The donation address that the project publishes.
	const donations = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
	if !checkMonero([]byte(donations)) {
		t.Error("refused")
	}
	if b := []byte(donations); checkMonero(append(b[:94:94], 'B')) {
		t.Error("accepted with a wrong checksum")
	}
}
