package report

import (
	"bytes"
	"fmt"
	"testing"
)

// A visit is a row with a value that may be null, and a list.
type visit struct {
	ID    int64    `parquet:"name=id, type=INT64"`
	TS    string   `parquet:"name=ts, type=BYTE_ARRAY, convertedtype=UTF8"`
	Email *string  `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Hosts []string `parquet:"name=peers, type=MAP, convertedtype=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8"`
}

func TestSurveyOfParquet(t *testing.T) {
	const rows = 20_000 // more than are shown at once
	var b bytes.Buffer
	p, err := NewParquet(&b, new(visit))
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		v := visit{ID: int64(i), TS: fmt.Sprintf("2026-03-%02dT09:00:00Z", 1+i%28)}
		if i%2 == 1 {
			mail := fmt.Sprintf("u%d@example.com", i%100)
			v.Email = &mail
		}
		for k := range i % 4 {
			v.Hosts = append(v.Hosts, fmt.Sprintf("192.0.2.%d", k))
		}
		if err := p.Write(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.WriteStop(); err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 3} {
		r := survey(t, workers, 0, [2]string{"x.parquet", b.String()})
		in := r.Inputs[0]
		if in.Records != rows || in.Period == nil || in.Period.From != "2026-03-02T09:00:00Z" {
			t.Errorf("%d records, %+v", in.Records, in.Period)
		}
		if e := row(t, in.Kinds, "", "email"); e.Count != rows/2 || e.Records != rows/2 || e.Distinct != 50 || e.FirstLine != 2 {
			t.Errorf("%+v", e)
		}
		ip := row(t, in.Kinds, "", "ipv4")
		// A list may be shown in two parts where the slots at hand end in it.
		if ip.Count != rows/4*6 || ip.Records < rows/4*3 || ip.Records > rows/4*3+20 || ip.Distinct != 3 {
			t.Errorf("%+v", ip)
		}
	}
}
