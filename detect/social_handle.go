package detect

// socialHandle judges values that a name says are handles.
var socialHandle = Detector{
	Name:      "social_handle",
	Doc:       "A value that a name says is a handle; a profile address of a social network.",
	Kinds:     []Kind{SocialHandle},
	named:     namedSocialHandle,
	canonical: canonicalHandle,
}

func namedSocialHandle(t *text, k Kind, start, end int) {
	if f := formOf(t.b[start:end]); f.letters+f.high > 1 && f.spaces == 0 && end-start <= 200 {
		t.report(SocialHandle, Named, start, end, 75)
	}
}

// socialNetworks are the hosts of social networks, with what stands before the handle
// in the path.
var socialNetworks = map[string]string{
	"twitter.com": "", "www.twitter.com": "", "x.com": "", "www.facebook.com": "", "facebook.com": "", "www.instagram.com": "", "instagram.com": "",
	"t.me": "", "telegram.me": "", "www.linkedin.com": "in/", "linkedin.com": "in/", "www.tiktok.com": "@", "mastodon.social": "@",
	"www.youtube.com": "@", "youtube.com": "@", "www.pinterest.com": "", "soundcloud.com": "", "vk.com": "", "medium.com": "@",
	"github.com": "", "gitlab.com": "",
}

// codeHosts are those of socialNetworks where code lies.
var codeHosts = wordsOf(`github.com gitlab.com`)

// pages are paths of social networks that are nobody's.
var pages = wordsOf(`home search explore login share sharer intent hashtag i about help settings privacy tos plugins dialog tr watch events groups pages
	p reel stories tv accounts developer business images signup status localhost
	reset cb callback oauth oauth2 auth api graphql static assets js css img favicon.ico robots.txt www account user users profile admin index.html index.php`)

// socialProfile reports the handle in a path behind t.b[start:end], if that is
// the host of a social network.
func (t *text) socialProfile(start, end int) {
	before, ok := socialNetworks[string(t.b[start:end])]
	i := end + 1
	if !ok || !t.has(i, before) {
		return
	}
	i += len(before)
	j := i
	for (isWord(t.at(j)) || t.at(j) == '.' || t.at(j) == '-') && j-i < 64 {
		j++
	}
	if t.at(j) == '/' && isWord(t.at(j+1)) && codeHosts.isIn(t.b[start:end]) {
		return // of a repository, mostly an organisation's
	}
	if v := t.b[i:j]; len(v) >= 2 && !pages.isIn(v) && formOf(v).letters > 0 {
		t.report(SocialHandle, Shaped, i, j, 70)
	}
}
