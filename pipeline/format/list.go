package format

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
