package aggregate_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/aggregate"
)

func Example() {
	key, err := aggregate.ParseKey("truncate(ip,16)")
	if err != nil {
		log.Fatal(err)
	}
	a, err := aggregate.New(aggregate.Config{By: []aggregate.Key{key}, Sum: []string{"bytes"}, K: 2})
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	p, err := pipeline.New(pipeline.Config{Watch: a.Watch})
	if err != nil {
		log.Fatal(err)
	}
	in := "ip,bytes\n192.0.2.1,10\n192.0.2.2,20\n198.51.100.1,1\n198.51.100.2,2\n198.51.100.3,3\n"
	if _, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(in), "in"), nil); err != nil {
		log.Fatal(err)
	}
	if err := a.EndInput(); err != nil {
		log.Fatal(err)
	}
	r, err := a.Result()
	if err != nil {
		log.Fatal(err)
	}
	if err := r.WriteCSV(os.Stdout); err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Notes()[0])
	// Output:
	// "truncate(ip,16)",count,sum(bytes)
	// 192.0.0.0,2,30
	// 198.51.0.0,3,6
	// 0 groups with fewer than 2 records are left out, and 0 more that would give one of them away
}
