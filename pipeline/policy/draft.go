package policy

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// maxEvidence bounds the fields that are named for a kind.
const maxEvidence = 8

// Draft writes a policy for data of which reports say what is in it: a rule for
// every kind that was found, with where and how often as comments. Names of
// fields are repeated, values are not in reports.
func Draft(p *pipeline.Policy, reports []*pipeline.Report) []byte {
	type place struct {
		field string
		count uint64
	}
	counts := map[string]uint64{}
	files := map[string]int{}
	fields := map[string]map[string]uint64{}
	for _, r := range reports {
		for k, n := range r.Kinds {
			counts[k] += n
			files[k]++
		}
		for _, f := range r.Fields {
			if fields[f.Kind] == nil {
				fields[f.Kind] = map[string]uint64{}
			}
			fields[f.Kind][f.Field] += f.Count
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Drafted from a scan of %s. Read it, change it, and try it: scrim policy check,\n# scrim policy explain. First rule that fits decides.\n", plural(len(reports), "input"))
	b.WriteString("description: drafted, not reviewed\n\nrules:\n")
	for _, k := range p.Kinds() {
		name := p.KindName(k)
		if counts[name] == 0 {
			continue
		}
		var places []place
		for _, f := range slices.Sorted(maps.Keys(fields[name])) {
			places = append(places, place{f, fields[name][f]})
		}
		slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.count, a.count) })
		fmt.Fprintf(&b, "  # %s in %s", plural(int(counts[name]), "value"), plural(files[name], "input"))
		for i, x := range places {
			switch {
			case i == 0:
				b.WriteString(": ")
			case i == maxEvidence:
				fmt.Fprintf(&b, ", and %d fields more", len(places)-i)
			default:
				b.WriteString(", ")
			}
			if i == maxEvidence {
				break
			}
			fmt.Fprintf(&b, "%s %d", quoted(x.field), x.count)
		}
		fmt.Fprintf(&b, "\n  - kinds: [%s]\n    transform: %s%s\n", name, p.RuleFor(k, "").Transform, suggestion(k))
	}
	draftColumns(&b, reports)
	b.WriteString("\n# For kinds that this data did not have.\ndefault: redact\n")
	return []byte(b.String())
}

// maxDrafted bounds the columns that a draft lists.
const maxDrafted = 500

// draftColumns lists what columns were taken for, and why, as fields of the policy
// that are not in force: the next data are judged anew, unless they are.
func draftColumns(b *strings.Builder, reports []*pipeline.Report) {
	seen := map[string]bool{}
	for _, r := range reports {
		for _, c := range r.Columns {
			name := quoted(c.Column)
			if c.Kind == "" || seen[name+c.Kind] || !strings.HasPrefix(name, `"`) || len(seen) == maxDrafted {
				continue
			}
			if len(seen) == 0 {
				b.WriteString("\n# What columns were taken for, by their names and a sample of their values. Without\n# the # a line holds for all data, whatever its values look like.\n#fields:\n")
			}
			seen[name+c.Kind] = true
			fmt.Fprintf(b, "#  %s: %s # score %d; %d %% of %s of the sample fit; evidence: %s\n", name, c.Kind, c.Score, c.Share, plural(c.Values, "value"), c.Evidence)
		}
	}
}

// suggestion names what else may serve, as a comment.
func suggestion(k detect.Kind) string {
	switch k {
	case detect.Email, detect.Phone, detect.Username, detect.Person, detect.Hostname, detect.DeviceID, detect.SessionID, detect.UUID:
		return " # or, to count and join (with a key): hash"
	case detect.IPv4, detect.IPv6:
		return " # or, to see who shares a network (with a key): ip-prefix"
	case detect.BirthDate:
		return " # or, for age groups: generalise:to=decade"
	case detect.Geo:
		return " # or, for regions: truncate:decimals=1"
	case detect.CreditCard:
		return " # or, for receipts: mask:keep=4"
	}
	return ""
}

// quoted writes a name so that it stays in its comment.
func quoted(field string) string {
	if field == "" {
		return "running text"
	}
	q, err := json.Marshal(field)
	if err != nil || len(q) > 80 {
		return "a long name"
	}
	return string(q)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
