#!/usr/bin/env python3
"""Finds personal data with a Python program, for comparison.

  python.py presidio RECORDS... > predictions.jsonl    records, as bench reads them
  python.py scrubadub RECORDS... > predictions.jsonl
  python.py presidio --text FILE                       each line of a file; prints the number of matches

Presidio is used with its pattern recognisers, without a language model (which
finds persons and places, and is slower by far); scrubadub with its standard
detectors. Predictions are {"id", "spans": [{"start","end","type"}]}, in bytes."""
import glob
import json
import os
import sys

TYPES = {
    "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "MAC_ADDRESS": "MAC", "IBAN_CODE": "IBAN",
    "DATE_TIME": "DATE", "US_DRIVER_LICENSE": "DRIVER_LICENSE", "US_PASSPORT": "PASSPORT",
    "US_BANK_NUMBER": "BANK_ACCOUNT", "MEDICAL_LICENSE": "MEDICAL_ID",
    "email": "EMAIL", "phone": "PHONE", "credit_card": "CREDIT_CARD", "social_security_number": "US_SSN",
    "url": "URL", "twitter": "SOCIAL_HANDLE", "credential": "PASSWORD", "credentials": "PASSWORD",
    "drivers_licence": "DRIVER_LICENSE", "national_insurance_number": "NATIONAL_ID",
    "tax_reference_number": "TAX_ID", "vehicle_licence_plate": "LICENSE_PLATE", "postalcode": "ZIP",
    "date_of_birth": "DATE_OF_BIRTH", "name": "PERSON", "address": "ADDRESS",
}
NATIONAL = ("UK_NHS", "CA_SIN", "DE_TAX_ID", "UK_NINO", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE", "PL_PESEL", "FI_PERSONAL_IDENTITY_CODE",
            "SG_NRIC_FIN", "IN_AADHAAR", "IN_PAN", "AU_TFN", "AU_MEDICARE", "KR_RRN", "TH_TNIN", "SE_PERSONNUMMER")


def word(t, text):
    if t == "IP_ADDRESS":
        return "IPV6" if ":" in text else "IPV4"
    return "NATIONAL_ID" if t in NATIONAL else TYPES.get(t, t.upper())


def presidio():
    import logging
    logging.disable(logging.WARNING)
    from presidio_analyzer import PatternRecognizer, RecognizerRegistry
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])  # those that it has on by default
    found = [r for r in registry.recognizers if isinstance(r, PatternRecognizer) or r.name == "PhoneRecognizer"]

    def find(text):
        for r in found:
            for x in r.analyze(text, r.supported_entities, None) or []:
                if x.score >= 0.4:  # below, its patterns want words around, which only a language model sees
                    yield x.start, x.end, x.entity_type
    return find


def scrubadub():
    import scrubadub as package
    scrubber = package.Scrubber()

    def find(text):
        for x in scrubber.iter_filth(text):
            for y in getattr(x, "filths", [x]):
                yield y.beg, y.end, y.type
    return find


def records(paths):
    for p in paths:
        names = sorted(glob.glob(os.path.join(p, "**", "*.jsonl"), recursive=True)) if os.path.isdir(p) else [p]
        for name in names:
            with open(name, encoding="utf-8") as f:
                for line in f:
                    if line.strip():
                        yield json.loads(line)


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("presidio", "scrubadub"):
        sys.exit(__doc__)
    find = {"presidio": presidio, "scrubadub": scrubadub}[sys.argv[1]]()
    if sys.argv[2] == "--text":
        with open(sys.argv[3], encoding="utf-8", errors="replace") as f:
            print(sum(1 for line in f for _ in find(line)))
        return
    for r in records(sys.argv[2:]):
        text = r["text"]
        spans = []
        for a, b, t in find(text):
            start = len(text[:a].encode())
            spans.append({"start": start, "end": start + len(text[a:b].encode()), "type": word(t, text[a:b])})
        print(json.dumps({"id": r["id"], "spans": spans}))


if __name__ == "__main__":
    main()
