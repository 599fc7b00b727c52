package transform_test

import (
	"bytes"
	"fmt"
	"log"

	"github.com/scrim-dev/scrim/transform"
)

func Example() {
	keys, err := transform.NewKeys([]byte("for this example only, not a key"))
	if err != nil {
		log.Fatal(err)
	}
	value := transform.Value{
		Text:      []byte("Alice@Example.com"), // as it stood
		Canonical: []byte("alice@example.com"), // for which all spellings stand
	}
	target := transform.Target{Label: "EMAIL", Domain: "email"}
	for _, name := range []string{"redact", "mask:keep-first=1", "hash", "encrypt"} {
		spec, err := transform.ParseSpec(name)
		if err != nil {
			log.Fatal(err)
		}
		t, err := transform.New(spec, target, keys)
		if err != nil {
			log.Fatal(err)
		}
		out, err := t.Append(nil, value)
		if err != nil {
			out = []byte("[EMAIL]") // never leave the value open
		}
		fmt.Printf("%s: %s\n", spec, out)
	}
	// Output:
	// redact: [EMAIL]
	// mask:keep-first=1: A****************
	// hash: email_gasvlr5a5nm2w
	// encrypt: enc~email~fhawh~e5ewzxhtxdcw3qtyjiuxcjryjqn7hpfjnjuwz2f6o6tsuqxkbbiwm~
}

// Reversible tokens are found in any text and opened by who has the key.
func ExampleReveal() {
	keys, err := transform.NewKeys([]byte("for this example only, not a key"))
	if err != nil {
		log.Fatal(err)
	}
	t, err := transform.New(transform.Spec{Name: "encrypt"}, transform.Target{Domain: "email"}, keys)
	if err != nil {
		log.Fatal(err)
	}
	line := []byte("login of ")
	line, _ = t.Append(line, transform.Value{Text: []byte("alice@example.com")})
	line = append(line, " failed"...)

	var revealed bytes.Buffer
	for {
		start, end, ok := transform.FindToken(line)
		if !ok {
			break
		}
		revealed.Write(line[:start])
		value, err := transform.Reveal(line[start:end], keys)
		if err != nil {
			value.Text = line[start:end] // of another key: leave it
		}
		revealed.Write(value.Text)
		line = line[end:]
	}
	revealed.Write(line)
	fmt.Println(revealed.String())
	// Output: login of alice@example.com failed
}

// A policy that rotates its keys by month makes keys for each.
func ExampleKeys_ForPeriod() {
	keys, err := transform.NewKeys([]byte("for this example only, not a key"))
	if err != nil {
		log.Fatal(err)
	}
	november, err := keys.ForPeriod("2026-11")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(november.ID() == keys.ID()+".2026-11", keys)
	// Output: true [key]
}
