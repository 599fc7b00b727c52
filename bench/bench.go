// Package bench measures scrim: how well it finds, and how fast.
//
//  1. A [Corpus] writes text with known spans: realistic log lines, JSON lines
//     and CSV with values of every kind, and the traps beside them. The same
//     options give the same bytes.
//  2. A [Finder] finds spans in a text: scrim's detectors in this process
//     ([Detectors]), or all of it ([Flow]), the command line tool
//     ([ScanCommand]), or a peer.
//  3. A [Judge] compares what was found with what is there and counts, by type.
//  4. The counts are written as Markdown or JSON ([Scores.WriteMarkdown]).
//
// Throughput is measured by this package's Go benchmarks, and beside other
// programs by the command in bench/peers; how cost grows is what the command in
// bench/growth shows. The other commands are bench/accuracy (the table of step 4)
// and bench/corpus (step 1 as files).
//
// # Terminology
//
//   - Record: a text with its gold spans and what is known of the rest of it.
//   - Span: a stretch of a text, in bytes, with a type.
//   - Type: the upper-case word for a kind that records use: EMAIL for email;
//     see [TypeOf]. Records also know types that no kind of scrim answers to.
//   - Gold: true, by the record. Alarm: a prediction that is false.
//   - Cover: share of gold spans of which no byte is left in the open. Leak is
//     the rest.
package bench
