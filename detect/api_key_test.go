package detect

import (
	"strings"
	"testing"
)

func TestAPIKey(t *testing.T) {
	// The prefixes stand apart from the rest, so that tools that look for tokens
	// do not take this file for a leak.
	const mixed, hexes = "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6Gh7Ij8Kl9Mn0", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	tests := []valueTest{
		{"bearer", "Authorization: Bearer «" + mixed[:24] + "»"},
		{"basic", "authorization: basic «" + "dXNlcm5hbWU6cGFzc3dvcmQx" + "==»"},
		{"percent-encoded", "key%3D«ghp" + "_" + mixed[:36] + "»%26"},
		{"JSON escape", `\n«ghp` + "_" + mixed[:36] + `»\n`},
		{"shared access signature", "?sv=2022-11-02&sig=«" + mixed[:43] + "%3D»&se=1"},
		{"storage account", "AccountKey=«" + mixed + mixed[:26] + "==»;Endpoint"},
		{"telegram", "api.telegram.org/bot«123456789:AA" + mixed[:33] + "»/send"},
		{"slack hook", "https://hooks.slack.com/services/«T01234567/B01234567/" + mixed[:24] + "»"},
		{"mailchimp", "«" + hexes[:32] + "-us12»"},
		{"firebase", "key=«AAAA0123456:APA91b" + mixed + mixed + "»"},
		{"entra", "secret «abC8Q~" + mixed[:34] + "»"},
		{"openshift", "«sha256~" + mixed[:43] + "»"},
		{"no digit", "«AKIA" + "YLCDBZUWMOHUOGRS»"},
		{"checksum behind it", "«ATA" + "TT3" + mixed + mixed + mixed[:30] + "=0123ABCD»"},
		{"discord", "«M" + mixed[:23] + ".G" + mixed[:5] + "." + mixed[:30] + "»"},
		{"discord hook", "https://discord.com/api/webhooks/«123456789012345678/" + mixed + mixed[:8] + "»"},
		{"airtable", "«pat" + mixed[:14] + "." + hexes + "»"},
		{"terraform", "«" + mixed[:14] + ".atlasv1." + mixed + mixed[:7] + "»"},
		{"mailgun", "«" + hexes[:32] + "-01234567-89abcdef»"},
		{"fly", "FlyV1 «fm2_" + mixed + "/a+" + mixed + "==»"},
		{"paseto", "«v4.local." + mixed + "» x.local." + mixed},
		{"google refresh", "«1//0" + mixed + "»"},
		{"vault", "«s." + mixed[:24] + "» this.s." + mixed[:24]},
		{"member of an object", "s.someFunctionThatIsLongEnou s.SomeTypeOfTheProgramYes1"},
		{"groups of hexadecimal digits", "«sdk-" + hexes[:8] + "-0123-4567-89ab-" + hexes[:12] + "» «dapi" + hexes[:32] + "-2»"},
		{"behind a bar", "«123456789012345|" + mixed[:30] + "»"},
		{"routable", "«glpat-" + mixed[:27] + ".01.0a1b2c3d4»"},
		{"base64", "«ABSK" + mixed + "/+" + mixed + "==» «ops_eyJ" + mixed + "+a»"},
		{"said in words", "the API key is «" + hexes[:32] + "», token «" + mixed[:24] + "»; a secret of " + mixed[24:48]},
		{"said of a word", "access token authentication_service_2"},
		{"too short", "ghp" + "_" + mixed[:30] + " AKIA" + "ABCDEF"},
		{"too long", "AKIA" + "ABCDEFGH12345678X"},
		{"wrong alphabet", "dop" + "_v1_" + mixed + "Yz3A"},
		{"words", "sk-this-is-a-long-css-class-name-with-many-words hf_internationalization_of_everything_here"},
		{"word after bearer", "Bearer authenticationscheme failed; basic responsibilities"},
		{"digest", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"},
		{"within a longer run", "xghp" + "_" + mixed[:36]},
	}
	for _, f := range []struct{ prefix, rest string }{
		{"AKIA", "IOSFODNN7EXAMPLE"}, {"ghp" + "_", mixed[:36]}, {"github" + "_pat_", mixed + mixed[:22]}, {"glpat" + "-", mixed[:20]},
		{"xox" + "b-", "1234567890-" + mixed[:24]}, {"sk" + "_live_", mixed[:24]}, {"AI" + "za", mixed[:35]}, {"sk" + "-", mixed[:48]}, {"sk-" + "ant-", "api03-" + mixed[:40]},
		{"npm" + "_", mixed[:36]}, {"py" + "pi-", mixed}, {"S" + "G.", mixed[:22] + "." + mixed[:43]}, {"S" + "K", hexes[:32]}, {"shp" + "at_", hexes[:32]},
		{"dop" + "_v1_", hexes}, {"h" + "f_", mixed[:34]}, {"ya" + "29.", mixed[:40]}, {"hv" + "s.", mixed[:28]}, {"gsk" + "_", mixed[:52]},
	} {
		tests = append(tests, valueTest{"form " + f.prefix, "token=«" + f.prefix + f.rest + "» \"«" + f.prefix + f.rest + "»\""})
	}
	testValues(t, tests, APIKey)
	testConformance(t, APIKey, "ghp"+"_"+mixed[:36], "AKIA"+"IOSFODNN7EXAMPLE")
}

func TestAPIKeyForms(t *testing.T) {
	for _, f := range tokenForms {
		// The anchor wants sixteen bytes in a row.
		if f.min > f.max || len(f.prefix)+f.min < 16 || strings.ContainsAny(f.prefix, ". ") {
			t.Errorf("%s: %d to %d bytes", f.prefix, f.min, f.max)
		}
	}
}

func TestNotWord(t *testing.T) {
	for s, want := range map[string]bool{
		"qzkvxwjtrbnmplkf": true, "a1b2c3d4": true, "48151623": true, "AbCdEfGhIjKl": true,
		"internationalisation": false, "aaaaaaaaaaa1": false, "Required": false, "4815": false,
	} {
		if notWord([]byte(s)) != want {
			t.Errorf("%s: got %v", s, !want)
		}
	}
}

func TestAPIKeyNamed(t *testing.T) {
	testNamed(t, APIKey, []valueTest{
		{"random", "«k3J9x0PqLm2»"},
		{"short", "«Abc123»"},
		{"digits", "«4815162342»"},
		{"scheme", "Basic «123456ABCDEF»"},
		{"scheme and JSON", `Bearer «k3J9x0PqLm2», x`},
		{"word", "required"},
		{"long word", "internationalisation"},
		{"words", "not set"},
		{"boolean", "true"},
		{"template", "${API_TOKEN1} {{token1}}"},
		{"stars", "****1234"},
		{"masked", "xxxxxxxxxx1"},
	})
}
