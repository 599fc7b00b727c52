package detect

import "testing"

func TestCryptoWallet(t *testing.T) {
	testConformance(t, CryptoWallet,
		"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", // Base58Check
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",                     // BIP 173
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", // BIP 350
		"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", // EIP-55
		"rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", // Ripple's genesis account
	)
	testValues(t, []valueTest{
		{"wrong base58 checksum", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"},
		{"wrong bech32 checksum", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"},
		{"wrong bech32 length", "bc1qr508d6qejxtdg4y5r3zarvaryv98gj9p bc1gmk9yu"},
		{"mixed case bech32", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4"},
		{"wrong case in Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"},
		{"lower case Ethereum, no word", "hash 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
		{"lower case Ethereum, whole string", `{"to":"«0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»"}`},
		{"lower case Ethereum, a word", "wallet: «0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»"},
		{"base58 without checksum, a word", "the address is «12qnjf8FAW2dnQeM6wqmy1gbGtv»."},
		{"base58 without checksum", "build 12qnjf8FAW2dnQeM6wqmy1gbGtv"},
		{"hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709 1a39a3ee5e6b4b0d3255bfef95601890"},
		{"payment URI", "bitcoin:«1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2»?amount=1"},
	}, CryptoWallet)
}

func TestCryptoWalletNamed(t *testing.T) {
	testNamed(t, CryptoWallet, []valueTest{
		{"no checksum", "«7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV»"},
		{"lower case Ethereum", "«0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»"},
		{"none", "unknown"},
	})
}
