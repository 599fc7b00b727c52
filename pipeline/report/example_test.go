package report_test

import (
	"context"
	"log"
	"os"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/report"
)

func Example() {
	survey := report.NewSurvey(report.Options{})
	p, err := pipeline.New(pipeline.Config{Watch: survey.Watch})
	if err != nil {
		log.Fatal(err)
	}
	in := "id,mail\n1,a@example.com\n2,A@example.com\n3,\n"
	r, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(in), "in.csv"), nil)
	if err != nil {
		log.Fatal(err)
	}
	survey.Close(r)
	if err := report.WriteCSV(os.Stdout, survey.Report().Lines(report.By{Field: true})); err != nil {
		log.Fatal(err)
	}
	// Output:
	// path,field,kind,count,records,share,distinct,score_min,score_max,first_line,new
	// ,mail,email,2,2,0.666667,1,97,97,0,false
}
