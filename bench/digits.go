package bench

import "strconv"

// digitsLine appends a line of numbers of 1 to 18 digits, every length as likely:
// the worst there is for whoever looks for numbers of some form. What some of them
// might be is not known, so they have no labels.
func (w *writer) digitsLine(l *Line) {
	const numbers, longest = 12, 18
	for i := range numbers {
		if i > 0 {
			l.Text = append(l.Text, ' ')
		}
		top := uint64(1)
		for range 1 + w.rng.IntN(longest) {
			top *= 10
		}
		l.Text = strconv.AppendUint(l.Text, w.rng.Uint64N(top), 10)
	}
}
