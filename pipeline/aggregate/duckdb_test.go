package aggregate

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const duckdbQuery = `
import duckdb, sys
for row in duckdb.sql(f"""
    select substr(cast(ts as varchar), 1, 10), country, city, count(*), count(distinct email), sum(bytes)
    from read_csv('{sys.argv[1]}', header=true, all_varchar=false, types={{'ts':'VARCHAR'}}) group by all""").fetchall():
    print("|".join(str(x) for x in row))
`

// TestAgainstDuckDB compares with a database that has read the same file.
func TestAgainstDuckDB(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import duckdb").Run() != nil {
		t.Skip("no python3 with duckdb here")
	}
	text, _ := visits(20_000)
	name := filepath.Join(t.TempDir(), "visits.csv")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", duckdbQuery, name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got := mustQuery(t, Config{Distinct: []string{"email"}, Sum: []string{"bytes"}, MaxGroups: 20}, []string{"day(ts)", "country", "city"}, []string{"*=keep"}, text)
	rows := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(got) != 3*len(rows) {
		t.Errorf("%d groups, want %d", len(got)/3, len(rows))
	}
	for _, row := range rows {
		f := strings.Split(strings.TrimSpace(row), "|")
		key := strings.Join(f[:3], "|")
		for i, figure := range []string{"count", "distinct(email)", "sum(bytes)"} {
			want, err := strconv.ParseFloat(f[3+i], 64)
			if err != nil {
				t.Fatal(err)
			}
			if v := got[key+"#"+figure]; v != want && !(i == 1 && near(v, want)) {
				t.Errorf("%s %s is %v, want %v", key, figure, v, want)
			}
		}
	}
}
