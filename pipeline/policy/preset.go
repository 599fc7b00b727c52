package policy

import (
	"embed"
	"path"
	"slices"
	"strings"
)

//go:embed preset/*.yaml
var presetFiles embed.FS

// A Preset is a policy that comes with scrim.
type Preset struct {
	Name string
	// Doc is its description: the promise it keeps.
	Doc string
	// Text is the document.
	Text []byte
}

// presetOrder is the order in which presets are shown.
var presetOrder = []string{"system-logs", "web-analytics", "session-purge", "shared-statistics", "client-service"}

// Presets returns the presets. A change to one is a change of what it promises.
func Presets() []Preset {
	var out []Preset
	for _, name := range presetOrder {
		text, _ := presetText(name)
		p := Preset{Name: name, Text: text}
		if root, err := parse(name, text); err == nil {
			if v, err := (&document{name, root}).value("description"); err == nil && v != nil {
				p.Doc, _ = v.text()
				p.Doc = strings.Join(strings.Fields(p.Doc), " ")
			}
		}
		out = append(out, p)
	}
	return out
}

// PresetNames returns the names of the presets, none of which is read for it.
func PresetNames() []string { return slices.Clone(presetOrder) }

// presetText returns the document of a preset.
func presetText(name string) ([]byte, bool) {
	for _, p := range presetOrder {
		if p == name {
			b, err := presetFiles.ReadFile(path.Join("preset", p+".yaml"))
			return b, err == nil
		}
	}
	return nil, false
}
