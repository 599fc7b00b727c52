// Package detect finds personal data in text.
//
// An [Engine] is made from [Options] and shared; each goroutine scans with its
// own [Scanner], which returns [Match] values: kind, span, score. A detector
// finds; what is done about a match is for others to decide.
//
// How a text is scanned:
//
//  1. It is classified, 64 bytes at a time, into bitmaps of digits, colons, at
//     signs and the like (package internal/bitmap).
//  2. Each [Detector] states its anchor as an expression over these bitmaps; all
//     expressions are computed together.
//  3. Where an anchor fires, the detector's verifier looks at the bytes, and
//     reports a match with its rank and score.
//  4. Overlaps are settled by one rule (see resolve.go).
//
// # Terminology
//
//   - Kind: a kind of personal data, such as [Email]. [Kinds] describes all.
//   - Anchor: a place where a value of a kind may stand.
//   - Field: what a name (a key, a column) says of the values under it.
//   - Rank: how strong the evidence for a match is; see [Rank].
package detect
