package format

import "strings"

// List returns the formats that are cut into blocks of bytes, the catch-all
// first. Parquet, which is columnar, stands in a package of its own.
func List() []Format {
	return []Format{text, jsonLines, csv, tsv}
}

// ByName returns the format of the [List] that has the given name.
func ByName(name string) (Format, bool) {
	for _, f := range List() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names returns the names of the formats with commas between them.
func Names() string {
	var names []string
	for _, f := range List() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}
