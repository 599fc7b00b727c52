package report

// News is what a report has that an older one, the baseline, has not.
type News struct {
	// Places are kinds in fields (or in running text) of files where the
	// baseline has none.
	Places []Place `json:"places"`

	set map[place]bool
}

type place struct{ path, field, kind string }

// A Place is a kind in a field of a file.
type Place struct {
	Path  string `json:"path"`
	Field string `json:"field"`
	Kind  string `json:"kind"`
	Count uint64 `json:"count"`
	// FirstLine is where the first stands.
	FirstLine int64 `json:"first_line"`
}

// Compare sets r.New to what is new since the baseline, and returns it. Files
// are the same when their paths are.
func (r *Report) Compare(baseline *Report) *News {
	known := map[place]bool{}
	for _, in := range baseline.Inputs {
		for _, row := range in.Fields {
			known[place{in.Path, row.Field, row.Kind}] = true
		}
	}
	r.New = &News{Places: []Place{}, set: map[place]bool{}}
	for _, in := range r.Inputs {
		for _, row := range in.Fields {
			if p := (place{in.Path, row.Field, row.Kind}); !known[p] {
				r.New.set[p] = true
				r.New.Places = append(r.New.Places, Place{in.Path, row.Field, row.Kind, row.Count, row.FirstLine})
			}
		}
	}
	return r.New
}

// isNew says whether a row of an input is among the news.
func (r *Report) isNew(path string, row Row) bool {
	return r.New != nil && r.New.set[place{path, row.Field, row.Kind}]
}
