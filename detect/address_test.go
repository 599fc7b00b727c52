package detect

import "testing"

func TestAddressInText(t *testing.T) {
	testEvidence(t, []Kind{Address}, []evidenceCase{
		{"English", "lives at 12 Main Street now", []string{"address:12 Main Street"}},
		{"with unit and town", "12 Main St Apt. 4, Springfield, 12345", []string{"address:12 Main St Apt. 4, Springfield, 12345"}},
		{"French", "au 12 rue de la Paix, Paris", []string{"address:12 rue de la Paix, Paris"}},
		{"Spanish", "en Calle Mayor 5", []string{"address:Calle Mayor 5"}},
		{"German", "in der Hauptstraße 12", []string{"address:Hauptstraße 12"}},
		{"Swedish", "Storgatan 7", []string{"address:Storgatan 7"}},
		{"Polish", "przy ul. Nowa 3", []string{"address:ul. Nowa 3"}},
		{"post box", "P.O. Box 1234", []string{"address:P.O. Box 1234"}},
		{"military", "PSC 0272, Box 1651", []string{"address:PSC 0272, Box 1651"}},

		{"code before the town", "Hauptstraße 5, 12345 Quuxburg now", []string{"address:Hauptstraße 5, 12345 Quuxburg"}},
		{"ZIP+4", "12 Main Street, Suite 7, Boston, MA 02111-1307", []string{"address:12 Main Street, Suite 7, Boston, MA 02111-1307"}},
		{"ship", "sent to USNS Quux\nFPO AA 65728", []string{"address:USNS Quux\nFPO AA 65728"}},
		{"unit before", "Anna, Apt. 675 12 Main Street now", []string{"address:Apt. 675 12 Main Street"}},
		{"corner", "meet at the corner of Storgatan 7 and Quux Road, then", []string{"address:the corner of Storgatan 7 and Quux Road"}},
		{"number on both sides, marks", "at 641 Dašická 688, then", []string{"address:641 Dašická 688"}},
		{"town of several words", "Storgatan 7\n Apt. 461\n Soto del Quux\n\n Spain 61709", []string{"address:Storgatan 7\n Apt. 461\n Soto del Quux\n\n Spain 61709"}},
		{"region not known", "12 Main Street\nCockle Bay\n, nan\n 61709", []string{"address:12 Main Street\nCockle Bay\n, nan\n 61709"}},
		{"words between", "on Árpád fejedelem útja 3 now", []string{"address:Árpád fejedelem útja 3"}},

		{"numbers around a program", "has 3 Windows 10, Server 2 and AA 65728", nil},
		{"capitals", "AT 12 MAIN STREET", []string{"address:12 MAIN STREET"}},
		{"date", "10 January 2026", nil},
		{"log", "2026 ERROR Drive failed, 12 Drives left", nil},
		{"units", "12 MB Free, port 22 Open", nil},
		{"version", "Highway 2.1", nil},
	})
}
