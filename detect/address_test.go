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

		{"capitals", "AT 12 MAIN STREET", []string{"address:12 MAIN STREET"}},
		{"date", "10 January 2026", nil},
		{"log", "2026 ERROR Drive failed, 12 Drives left", nil},
		{"units", "12 MB Free, port 22 Open", nil},
		{"version", "Highway 2.1", nil},
	})
}
