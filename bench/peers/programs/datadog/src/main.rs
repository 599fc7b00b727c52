// Finds personal data with Datadog's scanner library, for comparison.
//
//   datadog RECORDS... > predictions.jsonl    records, as bench reads them
//
// The library has an engine and checks of values; the rules of Datadog's product
// are not part of it. The patterns here are such as one would write, with its
// checks and keywords where it has them. Seconds of processor time, without
// reading, go to standard error. To build it and put it into the PATH:
//
//   cargo install --path bench/peers/programs/datadog
use dd_sds::{MatchAction, RegexRuleConfig, RootRuleConfig, Scanner, SecondaryValidator as V};
use serde_json::{json, Value};
use std::io::{BufRead, BufReader, BufWriter, Write};

const PHONE: &[&str] = &["phone", "tel", "mobile", "cell", "fax", "call", "contact"];
const CARD: &[&str] = &["card", "visa", "mastercard", "amex", "payment", "cc"];
const SECRET: &[&str] = &["password", "passwd", "pwd", "secret", "token", "api_key", "apikey"];

fn rules() -> Vec<(&'static str, RegexRuleConfig)> {
    let r = RegexRuleConfig::new;
    let mut all = vec![
        ("EMAIL", r(r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b")),
        ("IPV4", r(r"\b(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\b")),
        ("IPV6", r(r"\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b|\b(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}\b")),
        ("MAC", r(r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b")),
        ("UUID", r(r"\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b")),
        ("PHONE", r(r"\+[1-9][0-9 ().-]{6,16}[0-9]\b")),
        ("PHONE", r(r"\(?\b[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b").with_included_keywords(PHONE)),
        ("CREDIT_CARD", r(r"\b[3-6][0-9]{3}[ -]?(?:[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{6}[ -]?[0-9]{5})\b").with_validator(Some(V::LuhnChecksum)).with_included_keywords(CARD)),
        ("IBAN", r(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{1,4}\b").with_validator(Some(V::IbanChecker))),
        ("US_SSN", r(r"\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\b")),
        ("JWT", r(r"\beyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")),
        ("API_KEY", r(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[0-9A-Za-z-]{10,}\b|\bsk_live_[0-9A-Za-z]{24}\b")),
        ("API_KEY", r(r"\b[A-Za-z0-9_-]{20,64}\b").with_validator(Some(V::EntropyCheck)).with_included_keywords(SECRET)),
        ("PRIVATE_KEY", r(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----")),
        ("CRYPTO", r(r"\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b").with_validator(Some(V::BtcChecksum))),
        ("CRYPTO", r(r"\b0x[0-9A-Fa-f]{40}\b").with_validator(Some(V::EthereumChecksum))),
    ];
    let ids: Vec<(&str, V)> = vec![
        (r"\b[0-9]{8}[A-Z]\b|\b[XYZ][0-9]{7}[A-Z]\b", V::SpanishDniChecksum),
        (r"\b[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]\b", V::ItalianNationalIdChecksum),
        (r"\b[STFGM][0-9]{7}[A-Z]\b", V::SingaporeNricChecksum),
        (r"\b[0-9]{6}[-+A][0-9]{3}[0-9A-Z]\b", V::FinnishHetuChecksum),
        (r"\b[0-9]{6,8}-[0-9]{4}\b", V::SwedenPINChecksum),
        (r"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b", V::BrazilianCpfChecksum),
        (r"\b[0-9]{17}[0-9X]\b", V::ChineseIdChecksum),
        (r"\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b", V::UkNinoFormatCheck),
    ];
    all.extend(ids.into_iter().map(|(p, v)| ("NATIONAL_ID", r(p).with_validator(Some(v)))));
    all
}

// processor_ms is what this process used so far, in steps of ten milliseconds.
fn processor_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat[stat.rfind(')').unwrap() + 2..].split(' ').collect();
    (fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()) * 10
}

fn main() {
    let rules = rules();
    let configs: Vec<_> = rules
        .iter()
        .map(|(_, r)| RootRuleConfig::new(r.build()).match_action(MatchAction::None))
        .collect();
    let scanner = Scanner::builder(&configs).build().expect("rules");
    let mut records: Vec<(Value, String)> = Vec::new();
    for path in std::env::args().skip(1) {
        for line in BufReader::new(std::fs::File::open(path).expect("records")).lines() {
            let record: Value = serde_json::from_str(&line.expect("text")).expect("JSON");
            let text = record["text"].as_str().unwrap_or("").to_string();
            records.push((record["id"].clone(), text));
        }
    }
    let bytes: usize = records.iter().map(|(_, text)| text.len()).sum();
    let before = processor_ms();
    let found: Vec<_> = records.iter_mut().map(|(_, text)| scanner.scan(text).expect("scan")).collect();
    let spent = processor_ms() - before;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for ((id, _), matches) in records.iter().zip(&found) {
        let spans: Vec<_> = matches
            .iter()
            .map(|m| json!({"start": m.start_index, "end": m.end_index_exclusive, "type": rules[m.rule_index].0}))
            .collect();
        writeln!(out, "{}", json!({"id": id, "spans": spans})).expect("output");
    }
    eprintln!("{} bytes in {:.3} s", bytes, spent as f64 / 1000.0);
}
