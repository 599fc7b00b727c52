package detect

import "testing"

func TestSocialHandle(t *testing.T) {
	testEvidence(t, []Kind{SocialHandle}, []evidenceCase{
		{"profile", "see https://twitter.com/zoe_berg now", []string{"social_handle:zoe_berg"}},
		{"profile in a folder", "https://www.linkedin.com/in/zoe-berg/", []string{"social_handle:zoe-berg"}},
		{"page of the network", "https://twitter.com/search?q=x", nil},
		{"code host", "https://github.com/zoe_berg linked", []string{"social_handle:zoe_berg"}},
		{"repository", "https://github.com/zoe_berg/tool linked", nil},
		{"key", "twitter=@zoe_berg", []string{"social_handle:@zoe_berg"}},
	})
}
