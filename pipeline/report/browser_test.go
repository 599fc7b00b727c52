package report

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// measure is a page that loads a report into a frame of a phone's width and
// writes what it sees of it. The report itself forbids scripts.
const measure = `<!doctype html><meta charset="utf-8"><iframe id="f" style="border:0;width:360px;height:600px"></iframe>
<pre id="out"></pre><script>
const f = document.getElementById("f")
f.onload = () => {
  const d = f.contentDocument, all = s => [...d.querySelectorAll(s)]
  document.getElementById("out").textContent = "{{" + JSON.stringify({
    wide: d.documentElement.scrollWidth,
    background: f.contentWindow.getComputedStyle(d.body).backgroundColor,
    unlabelled: all("svg").filter(s => !s.getAttribute("aria-label") && s.getAttribute("aria-hidden") != "true").length,
    dangling: all("[aria-labelledby]").filter(s => !d.getElementById(s.getAttribute("aria-labelledby"))).length,
    unscoped: all("th").filter(s => !s.getAttribute("scope")).length,
    trapped: all(".scroll").filter(s => s.tabIndex != 0).length,
    charts: all("svg[role=img]").length,
    headings: all("h1,h2").length,
    loaded: f.contentWindow.performance.getEntriesByType("resource").length,
    language: d.documentElement.lang,
  }) + "}}"
}
f.srcdoc = REPORT
</script>`

var measured = regexp.MustCompile(`\{\{(\{.*?\})\}\}`)

// TestPageInBrowser looks at the pages in headless Chromium, in both themes.
func TestPageInBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" || testing.Short() {
		t.Skip("no Chromium here, or -short")
	}
	inputs := append([][2]string{{"/a/very/long/path/" + strings.Repeat("folder/", 30) + "file.log", "from 192.0.2.7\n"}}, samples...)
	r := survey(t, 1, 0, inputs...)
	r.Compare(survey(t, 1, 0, samples[0]))
	out := outputs(t, r)
	for _, name := range []string{"html", "breach html"} {
		backgrounds := map[string]string{}
		for theme, setting := range map[string]string{"dark": "0", "light": "1"} {
			page, err := json.Marshal(out[name])
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			file := filepath.Join(dir, "measure.html")
			if err := os.WriteFile(file, []byte(strings.Replace(measure, "REPORT", string(page), 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"),
				"--blink-settings=preferredColorScheme="+setting, "--virtual-time-budget=5000", "--dump-dom", "file://"+file)
			dom, err := cmd.Output()
			cancel()
			if err != nil {
				t.Skip("Chromium does not run here: ", err)
			}
			m := measured.FindSubmatch(dom)
			if m == nil {
				t.Fatalf("%s, %s: the page was not measured", name, theme)
			}
			var got struct {
				Wide, Unlabelled, Dangling, Unscoped, Trapped, Charts, Headings, Loaded int
				Background, Language                                                    string
			}
			if err := json.Unmarshal(bytes.ReplaceAll(m[1], []byte("&quot;"), []byte(`"`)), &got); err != nil {
				t.Fatal(err)
			}
			if got.Wide > 360 {
				t.Errorf("%s, %s: %d pixels wide on a screen of 360", name, theme, got.Wide)
			}
			if got.Unlabelled+got.Dangling+got.Unscoped+got.Trapped+got.Loaded > 0 || got.Headings < 3 || got.Language != "en" {
				t.Errorf("%s, %s: %+v", name, theme, got)
			}
			if name == "html" && got.Charts < 2 {
				t.Errorf("%d charts", got.Charts)
			}
			backgrounds[theme] = got.Background
		}
		if backgrounds["dark"] == backgrounds["light"] {
			t.Errorf("%s: both themes are %s", name, backgrounds["dark"])
		}
	}
}
