package job

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
)

var errClimbs = errors.New("its name climbs out of the folder that it would be unpacked in; nothing of this archive is written")

// climbs says whether a name in an archive leads out of the folder that the
// archive is unpacked in, here or on Windows.
func climbs(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return true
	}
	depth := 0
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return true
			}
		default:
			depth++
		}
	}
	return false
}

// A namer replaces personal data in names, each part of a path for itself.
type namer struct {
	pipe *pipeline.Pipeline
	seen map[string]string
}

// maxNames bounds what a namer remembers.
const maxNames = 1 << 16

func (j *Job) newNamer() *namer { return &namer{pipe: j.names(), seen: map[string]string{}} }

// names returns a pipeline for names. The one that New made has shown that the
// policy is right.
func (j *Job) names() *pipeline.Pipeline {
	cfg := j.cfg.Pipeline
	cfg.Workers, cfg.BatchSize, cfg.Format = 1, 4096, "text"
	p, err := pipeline.New(cfg)
	if err != nil {
		panic("job: a policy that was right is wrong: " + err.Error())
	}
	return p
}

// rename returns name with personal data replaced.
func (n *namer) rename(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	if to, ok := n.seen[name]; ok {
		return to, nil
	}
	out, err := n.all([]string{name})
	if err != nil {
		return "", err
	}
	if len(n.seen) >= maxNames {
		clear(n.seen)
	}
	n.seen[name] = out[0]
	return out[0], nil
}

// all renames a list of names in one go.
func (n *namer) all(names []string) ([]string, error) {
	var b bytes.Buffer
	b.WriteByte('\n') // so that no name is taken for the beginning of a codec
	for _, name := range names {
		for part := range strings.SplitSeq(name, "/") {
			// A line end in a name would move all that follow.
			stem, _ := cutExtensions(part)
			b.WriteString(strings.Map(lineEndToSpace, stem))
			b.WriteByte('\n')
		}
	}
	src := pipeline.NewSource(&b, "names")
	defer src.Close()
	var text bytes.Buffer
	if _, err := n.pipe.Run(context.Background(), src, &text); err != nil {
		return nil, err
	}
	lines := strings.Split(text.String(), "\n")[1:]
	out := make([]string, len(names))
	for i, name := range names {
		parts := strings.Split(name, "/")
		if len(lines) <= len(parts) {
			return nil, errors.New("a name cannot be replaced by the policy: --names needs one that drops no records")
		}
		for k, part := range parts {
			_, ext := cutExtensions(part)
			to := strings.NewReplacer("/", "_", "\x00", "_").Replace(lines[k]) + ext
			if to != part && (to == "" || to == "." || to == "..") {
				to = "_"
			}
			parts[k] = to
		}
		out[i], lines = strings.Join(parts, "/"), lines[len(parts):]
	}
	return out, nil
}

// extensions are those that are no part of an address before them, which
// "a@example.com.log" would be as a host.
var extensions = []string{".log", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".html", ".eml", ".out", ".err", ".dat",
	".bak", ".old", ".parquet", ".tar", ".tgz", ".tzst", ".zip", ".gz", ".zst", ".bz2", ".xz", ".lz4", ".sz", ".s2"}

// cutExtensions cuts known extensions, and numbers of rotated logs, off a name.
func cutExtensions(name string) (stem, ext string) {
	stem = name
	for {
		e := path.Ext(stem)
		_, err := strconv.ParseUint(strings.TrimPrefix(e, "."), 10, 16)
		rotated := err == nil && slices.Contains(extensions, path.Ext(strings.TrimSuffix(stem, e)))
		if e == "" || e == stem || !rotated && !slices.Contains(extensions, strings.ToLower(e)) {
			return stem, name[len(stem):]
		}
		stem = strings.TrimSuffix(stem, e)
	}
}

func lineEndToSpace(r rune) rune {
	if r == '\n' {
		return ' '
	}
	return r
}

// anonymiseNames gives every input the name of its output with personal data
// replaced. Where two become one, the later ones are numbered, before their first
// dot: which they are depends on all names of the job, of other shards too.
func (j *Job) anonymiseNames() error {
	list := make([]string, len(j.files))
	for i, f := range j.files {
		list[i] = f.Name
	}
	to, err := j.newNamer().all(list)
	if err != nil {
		return err
	}
	used := make(map[string]bool, len(to))
	last := map[string]int{}
	for i, f := range j.files {
		f.Output = to[i]
		for n := max(last[to[i]], 1) + 1; used[f.Output]; n++ {
			last[to[i]] = n
			dir, base := path.Split(to[i])
			stem, ext, _ := strings.Cut(base, ".")
			if ext != "" {
				ext = "." + ext
			}
			f.Output = dir + stem + "~" + strconv.Itoa(n) + ext
		}
		used[f.Output] = true
	}
	return nil
}
