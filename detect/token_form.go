package detect

// A charset says what a token is made of after its prefix.
type charset uint8

const (
	ofToken  charset = iota // letters, digits, '_', '-'
	ofAlnum                 // letters, digits
	ofUpper                 // A-Z, 0-9
	ofHex                   // hexadecimal digits
	ofMixed                 // letters and digits, both, or both cases: not a word
	ofDrawn                 // as ofToken, with letters of both cases and digits
	ofGroups                // hexadecimal digits and '-'
	ofCaps                  // A-Z, 0-9, '-'
	ofBase32                // A-Z, 2-7 (RFC 4648, section 6); it may be letters only
)

// A tokenForm is a form of token: prefix, then min to max bytes of a charset.
type tokenForm struct {
	prefix   string
	min, max int
	of       charset
}

// tokenForms are what issuers publish for secret scanning.
var tokenForms = []tokenForm{
	{"AKIA", 16, 16, ofBase32}, {"ASIA", 16, 16, ofBase32}, {"ABIA", 16, 16, ofBase32}, {"ACCA", 16, 16, ofBase32}, // AWS
	{"ghp_", 36, 251, ofAlnum}, {"gho_", 36, 251, ofAlnum}, {"ghu_", 36, 251, ofAlnum}, {"ghs_", 36, 520, ofToken}, {"ghr_", 36, 251, ofAlnum},
	{"github_pat_", 50, 244, ofToken},
	{"glpat-", 20, 300, ofToken}, {"gldt-", 20, 64, ofToken}, {"glrt-", 20, 64, ofToken}, {"glptt-", 20, 64, ofToken}, {"glsoat-", 20, 64, ofToken},
	{"glcbt-", 20, 64, ofToken}, {"glft-", 20, 64, ofToken}, {"glimt-", 20, 64, ofToken}, {"glagent-", 40, 64, ofToken},
	{"xoxb-", 16, 255, ofToken}, {"xoxp-", 16, 255, ofToken}, {"xoxa-", 16, 255, ofToken}, {"xoxr-", 16, 255, ofToken}, {"xoxs-", 16, 255, ofToken},
	{"xoxe-", 16, 255, ofToken}, {"xoxc-", 16, 255, ofToken}, {"xoxd-", 16, 255, ofToken}, {"xapp-", 16, 255, ofToken}, // Slack
	{"sk_live_", 16, 255, ofAlnum}, {"sk_test_", 16, 255, ofAlnum}, {"rk_live_", 16, 255, ofAlnum}, {"rk_test_", 16, 255, ofAlnum}, {"whsec_", 24, 64, ofToken}, // Stripe
	{"AIza", 35, 35, ofToken}, {"GOCSPX-", 28, 28, ofToken}, // Google
	{"sk-ant-", 24, 255, ofToken}, {"sk-proj-", 24, 255, ofToken}, {"sk-svcacct-", 24, 255, ofToken}, {"sk-or-v1-", 32, 128, ofToken}, {"sk-", 32, 255, ofMixed},
	{"gsk_", 40, 64, ofAlnum}, {"xai-", 60, 100, ofToken}, {"pplx-", 40, 64, ofAlnum}, {"r8_", 37, 37, ofAlnum}, {"hf_", 30, 64, ofMixed},
	{"npm_", 36, 36, ofAlnum}, {"pypi-", 50, 512, ofToken}, {"rubygems_", 48, 48, ofHex}, {"dckr_pat_", 20, 64, ofToken}, {"oy2", 43, 43, ofMixed},
	{"dop_v1_", 64, 64, ofHex}, {"doo_v1_", 64, 64, ofHex}, {"dor_v1_", 64, 64, ofHex}, // DigitalOcean
	{"shpat_", 32, 32, ofHex}, {"shpca_", 32, 32, ofHex}, {"shppa_", 32, 32, ofHex}, {"shpss_", 32, 32, ofHex}, // Shopify
	{"SK", 32, 32, ofHex}, {"key-", 32, 32, ofHex}, {"xkeysib-", 64, 96, ofToken}, // Twilio, Mailgun, Brevo
	{"sq0atp-", 22, 60, ofToken}, {"sq0csp-", 43, 43, ofToken}, {"EAAAE", 55, 64, ofToken}, {"EAACEdEose0cBA", 20, 255, ofAlnum},
	{"lin_api_", 40, 40, ofAlnum}, {"figd_", 36, 64, ofToken}, {"ATATT3", 150, 255, ofToken}, {"ATCTT3", 150, 255, ofToken}, {"ATBB", 32, 32, ofAlnum},
	{"NRAK-", 27, 27, ofAlnum}, {"NRIQ-", 27, 64, ofAlnum}, {"dapi", 32, 34, ofGroups}, {"nfp_", 36, 40, ofAlnum}, {"PMAK-", 55, 64, ofToken}, {"sntrys_", 40, 255, ofToken},
	{"sntryu_", 64, 64, ofHex}, {"glsa_", 32, 64, ofToken}, {"glc_", 32, 255, ofToken}, {"AGE-SECRET-KEY-1", 58, 58, ofUpper}, {"CFPAT-", 43, 43, ofToken},
	{"pscale_tkn_", 32, 64, ofToken}, {"pscale_pw_", 32, 64, ofToken}, {"EZAK", 54, 54, ofAlnum}, {"EZTK", 54, 54, ofAlnum}, {"tfp_", 30, 64, ofToken},
	{"fo1_", 43, 43, ofToken}, {"phc_", 43, 43, ofAlnum}, {"phx_", 43, 43, ofAlnum}, {"secret_", 43, 43, ofAlnum}, {"ntn_", 40, 50, ofAlnum},
	{"A3T", 17, 17, ofUpper}, {"LTAI", 12, 26, ofMixed}, {"AKID", 32, 32, ofAlnum}, {"AQVN", 35, 40, ofToken}, {"da2-", 26, 26, ofAlnum}, // clouds
	{"GR1348941", 20, 20, ofToken}, {"gloas-", 32, 64, ofToken}, {"glrtr-", 20, 64, ofToken}, {"glffct-", 20, 64, ofToken}, {"glwt-", 20, 64, ofToken}, // GitLab
	{"sk_prod_", 16, 255, ofAlnum}, {"rk_prod_", 16, 255, ofAlnum}, {"sk_sandbox_", 16, 255, ofAlnum}, {"EAAA", 22, 64, ofDrawn}, {"EAAM", 50, 255, ofAlnum}, {"EAAC", 50, 255, ofAlnum},
	{"p8e-", 32, 32, ofAlnum}, {"AKCp", 60, 75, ofAlnum}, {"cmVmd", 55, 64, ofAlnum}, {"CLOJARS_", 60, 60, ofAlnum}, {"dnkey-", 40, 100, ofToken},
	{"duffel_test_", 43, 43, ofToken}, {"duffel_live_", 43, 43, ofToken}, {"FLWSECK_TEST-", 12, 40, ofToken}, {"FLWPUBK_TEST-", 12, 40, ofToken}, {"FLWSECK-", 32, 40, ofToken},
	{"fio-u-", 64, 64, ofToken}, {"HRKU-", 36, 64, ofToken}, {"api_org_", 30, 40, ofMixed}, {"ico-", 32, 32, ofAlnum},
	{"s-s4t2ud-", 64, 64, ofHex}, {"s-s4t2af-", 64, 64, ofHex}, {"lip_", 20, 40, ofAlnum}, {"pubkey-", 32, 32, ofHex}, {"NRII-", 32, 32, ofToken}, {"NRJS-", 19, 19, ofHex}, {"NRRA-", 40, 42, ofHex},
	{"API-", 26, 26, ofUpper}, {"pscale_oauth_", 32, 64, ofToken}, {"pnu_", 36, 36, ofAlnum}, {"pul-", 40, 40, ofHex}, {"rdme_", 70, 70, ofAlnum}, {"tk-us-", 48, 48, ofToken},
	{"sm_aat_", 16, 16, ofAlnum}, {"sm_pat_", 16, 16, ofAlnum}, {"sm_sat_", 16, 16, ofAlnum}, {"shippo_live_", 40, 40, ofHex}, {"shippo_test_", 40, 40, ofHex},
	{"sqp_", 40, 40, ofHex}, {"squ_", 40, 40, ofHex}, {"sqa_", 40, 40, ofHex}, {"sgp_", 40, 64, ofToken}, {"tskey-", 20, 100, ofToken}, {"sntrya_", 64, 64, ofHex},
	{"pina_", 32, 64, ofAlnum}, {"pplx_", 32, 64, ofAlnum}, {"fw_", 24, 32, ofMixed}, {"csk-", 40, 64, ofAlnum}, {"tvly-", 24, 64, ofToken}, {"ak_", 32, 64, ofHex},
	{"wandb_v1_", 40, 120, ofToken}, {"sbp_", 40, 40, ofHex}, {"sb_secret_", 20, 64, ofToken}, {"re_", 24, 48, ofDrawn}, {"vercel_", 24, 64, ofToken},
	{"AC", 32, 32, ofHex}, {"eyJrIjoi", 60, 255, ofToken}, {"sk_", 48, 48, ofHex}, {"sk_org_", 24, 255, ofToken}, {"4b1d", 38, 38, ofDrawn}, {"00", 40, 40, ofDrawn}, // Twilio, Grafana, ElevenLabs, Stripe, ClickHouse, Okta
	{"cfut_", 40, 64, ofToken}, {"cfat_", 40, 64, ofToken}, {"cfk_", 40, 64, ofToken}, {"bkua_", 40, 40, ofHex}, {"CCIPAT_", 40, 80, ofToken}, {"CCIPRJ_", 40, 80, ofToken}, // Cloudflare, Buildkite, CircleCI
	{"vcp_", 40, 64, ofToken}, {"vca_", 40, 64, ofToken}, {"vci_", 40, 64, ofToken}, {"vcr_", 40, 64, ofToken}, {"vck_", 40, 64, ofToken}, {"aio_", 28, 28, ofMixed}, // Vercel, Adafruit
	{"sdk-", 36, 36, ofGroups}, {"access-sandbox-", 36, 36, ofGroups}, {"access-development-", 36, 36, ofGroups}, {"access-production-", 36, 36, ofGroups}, // LaunchDarkly, Plaid
	{"pat-na1-", 36, 36, ofGroups}, {"pat-na2-", 36, 36, ofGroups}, {"pat-eu1-", 36, 36, ofGroups}, {"sk-lf-", 36, 36, ofGroups}, // HubSpot, Langfuse
	{"zpka_", 32, 64, ofToken}, {"lsv2_pt_", 32, 64, ofToken}, {"lsv2_sk_", 32, 64, ofToken}, {"ion_", 42, 42, ofMixed}, {"nvapi-", 60, 80, ofToken}, {"jina_", 60, 70, ofToken}, {"pcsk_", 60, 80, ofToken},
	{"apify_api_", 36, 40, ofAlnum}, {"rnd_", 28, 40, ofMixed}, {"lin_oauth_", 64, 64, ofHex}, {"dckr_oat_", 20, 64, ofToken}, {"SWMTKN-1-", 60, 90, ofToken}, {"GOOG1E", 55, 55, ofUpper}, {"IGQV", 100, 255, ofToken},
	{"A3-", 33, 37, ofCaps}, {"xoxo-", 16, 255, ofToken}, {"SCW", 17, 17, ofUpper}, {"pub", 32, 32, ofHex}, {"shptka_", 32, 32, ofHex},
}

// dottedForms are prefixes that end in a dot, of tokens the rest of which may
// have more dots.
var dottedForms = []string{"SG.", "ya29.", "hvs.", "hvb.", "hvr.", "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit.", "dt0c01.", "dt0s01.", "sl.", "xoxe.", "pat.", "sat.", "amzn.mws.", "t1.", "pk.", "sk."}

// formsOf has the forms that start with a byte.
var formsOf = func() (of [256][]tokenForm) {
	for _, f := range tokenForms {
		of[f.prefix[0]] = append(of[f.prefix[0]], f)
	}
	return
}()

func (s charset) holds(b []byte) bool {
	for _, c := range b {
		switch {
		case s == ofToken:
			if !isToken(c) {
				return false
			}
		case s == ofDrawn:
			if !isToken(c) {
				return false
			}
		case s == ofBase32:
			if c-'A' > 25 && c-'2' > 5 {
				return false
			}
		case s == ofCaps:
			if !isDigit(c) && c-'A' > 25 && c != '-' {
				return false
			}
		case s == ofGroups:
			if !isHex(c) && c != '-' {
				return false
			}
		case s == ofHex:
			if !isHex(c) {
				return false
			}
		case s == ofUpper:
			if !isDigit(c) && c-'A' > 25 {
				return false
			}
		default:
			if !isAlnum(c) {
				return false
			}
		}
	}
	return s == ofToken || s == ofBase32 || notWord(b) && (s != ofDrawn || hasAll(b))
}

// hasAll says whether there are capitals, small letters and digits in b.
func hasAll(b []byte) bool {
	f := [3]bool{}
	for _, c := range b {
		f[0], f[1], f[2] = f[0] || isUpper(c), f[1] || isLower(c), f[2] || isDigit(c)
	}
	return f == [3]bool{true, true, true}
}
