package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var cryptoWallet = Detector{
	Name:      "crypto_wallet",
	Doc:       "Addresses whose checksum is right: base58 (Bitcoin, Litecoin, Dogecoin, Dash, Tron, Ripple, Monero), bech32 and bech32m, Ethereum; an Ethereum address in one case as a whole string or with a word that says so.",
	Kinds:     []Kind{CryptoWallet},
	anchor:    walletAnchor(),
	verify:    verifyWallet,
	named:     namedWallet,
	canonical: canonicalWallet,
}

// walletAnchor finds the start of 25 or more letters and digits in a row.
func walletAnchor() bitmap.Expr {
	c := bitmap.In(bitmap.Digit, bitmap.HexAlpha, bitmap.Alpha)
	return c.Run(25).AndNotAt(-1, c)
}

// maxWallet is the longest address, in bytes: an integrated one of Monero.
const maxWallet = 106

func verifyWallet(t *text, at int) int {
	start := at + t.escapeAt(at)
	end := start
	for isAlnum(t.at(end)) && end-start <= maxWallet {
		end++
	}
	if end-start > maxWallet || !t.leftEdge(start) || !t.rightEdge(end) {
		return end
	}
	b := t.b[start:end]
	switch {
	case len(b) == 42 && b[0] == '0' && b[1]|0x20 == 'x':
		if ok, mixed := checkEthereum(b[2:]); ok && (mixed || t.isWhole(start, end) || t.walletWord(start)) {
			t.report(CryptoWallet, Checked, start, end, 95)
		}
	case len(b) >= 26 && len(b) <= 36 && checkBase58(b),
		checkBech32(b),
		len(b) >= 95 && checkMonero(b):
		t.report(CryptoWallet, Checked, start, end, 98)
	case len(b) <= 35 && (b[0] == '1' || b[0] == '3') && isBase58(b) && notWord(b) && t.walletWord(start):
		t.report(CryptoWallet, Shaped, start, end, 70)
	}
	return end
}

// isWhole says whether t.b[start:end] is all of a line or of a quoted string.
func (t *text) isWhole(start, end int) bool {
	l, r := t.at(start-1), t.at(end)
	return l == r && (l == '"' || l == '\'') || t.whole(start, end)
}

// walletWord says whether a word before i says that a wallet is meant.
func (t *text) walletWord(i int) bool {
	from := max(0, i-40)
	for j := from; j < i; j++ {
		if isAlpha(t.at(j - 1)) {
			continue
		}
		for _, w := range []string{"address", "wallet", "btc", "bitcoin", "eth", "ethereum", "erc20", "usdt", "payout", "crypto"} {
			if t.foldAt(j, w) && j+len(w) <= i && !isAlpha(t.at(j+len(w))) {
				return true
			}
		}
	}
	return false
}

// namedWallet also takes what has no checksum, such as an address of Solana.
func namedWallet(t *text, k Kind, start, end int) {
	for i := start; i < end; {
		j := i
		for j < end && isAlnum(t.b[j]) {
			j++
		}
		if n := j - i; n >= 26 && n <= maxWallet && notWord(t.b[i:j]) &&
			(isBase58(t.b[i:j]) || n == 42 && t.b[i] == '0' && t.b[i+1] == 'x' || checkBech32(t.b[i:j])) {
			t.report(k, Shaped, i, j, 80)
		}
		i = max(j, i+1)
	}
}
