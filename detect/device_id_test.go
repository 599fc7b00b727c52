package detect

import (
	"slices"
	"testing"
)

func TestDeviceNumbers(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{IMEI, IMSI, DeviceID}}, []textCase{
		{"imei with a word", "IMEI: 490154203237518", []string{"imei:490154203237518"}},
		{"imei without", "seen 490154203237518 there", nil},
		{"imei parted", "49-015420-323751-8", []string{"imei:49-015420-323751-8"}},
		{"imei before 2003", "350077-52-323751-3", []string{"imei:350077-52-323751-3"}},
		{"imei check digit", "imei 490154203237519", nil},
		{"imsi", "imsi=310150123456789", []string{"imsi:310150123456789"}},
		{"imsi of no country", "imsi=800150123456789", nil},
		{"udid", "device 00008030-001A2B3C4D5E6F70 lost", []string{"device_id:00008030-001A2B3C4D5E6F70"}},
		{"hex around a dash", "deadbeef-001A2B3C4D5E6F70", nil},
	})
	for text, want := range map[string][]string{
		"a7071198-3848-40a5-b3d0-94578d9b0000": {"a7071198-3848-40a5-b3d0-94578d9b0000"},
		"00000000-0000-0000-0000-000000000000": nil,
		"{C02EXAMPLE01}":                       {"C02EXAMPLE01"},
		"true":                                 nil,
		"my device":                            nil,
	} {
		if got := fieldSpans(t, DeviceID, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
	if got := string(AppendCanonical(nil, IMEI, []byte("49-015420-323751-8"))); got != "49015420323751" {
		t.Errorf("canonical imei: %q", got)
	}
}

func TestSerialNumbers(t *testing.T) {
	testEvidence(t, []Kind{DeviceID}, []evidenceCase{
		{"device", `{"model":"x","serialNumber":"0CA9C64361BFC92A79B1DD9CFB9E48EC"}`, []string{"device_id:0CA9C64361BFC92A79B1DD9CFB9E48EC"}},
		{"device of who has a card", `{"issuer":"Visa","device_id":"809d222af751bdb8a2c5a3960ae1943202d39069"}`, []string{"device_id:809d222af751bdb8a2c5a3960ae1943202d39069"}},
		{"certificate", `{"issuerKeyHash":"00","serialNumber":"0CA9C64361BFC92A79B1DD9CFB9E48EC","certStatus":"good"}`, nil},
		{"certificate after it", `serialNumber=0CA9C64361BFC92A79B1DD9CFB9E48EC certStatus=good`, nil},
	})
}
