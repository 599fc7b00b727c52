"""Compare Parquet files before and after a change, in pyarrow and DuckDB.

Reads lines of JSON {"before", "after", "rules"} from standard input: rules has
the top-level columns that changed, each with what its values become: "label" ([X]) or "swap" (the last 7 or 8 of the text turned into the
other; checked for text and integers) or "any"; "*" stands for all others. Prints a line for each difference, and at
the end how many files each reader compared.
"""
import json
import sys

import duckdb
import pyarrow.parquet as pq


def swap(value):
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    text = str(value)
    for i in range(len(text) - 1, -1, -1):
        if text[i] in "78":
            text = text[:i] + ("7" if text[i] == "8" else "8") + text[i + 1:]
            break
    return type(value)(text)


def leaves(value, path, out):
    if isinstance(value, dict):
        for i, (key, inner) in enumerate(value.items()):
            out.append((path, key))
            leaves(inner, path + [i], out)
    elif isinstance(value, (list, tuple)):
        out.append((path, len(value)))
        for inner in value:
            leaves(inner, path, out)
    else:
        out.append((path, value))


def same(before, after, rule):
    """Whether two top-level values differ by the rule at most, and if so how."""
    if hasattr(before, "equals"):
        return rule != "" or before.equals(after)
    a, b = [], []
    leaves(before, [], a)
    leaves(after, [], b)
    if len(a) != len(b):
        return False
    for (pa, va), (pb, vb) in zip(a, b):
        if pa != pb or (va is None) != (vb is None):
            return False
        if repr(va) == repr(vb) or rule == "any":
            continue
        if rule == "label" and vb in ("[X]", b"[X]", '"[X]"'):
            continue
        if rule == "swap":
            want = swap(va)
            if want is None or want == vb:
                continue
        return False
    return True


def with_arrow(name):
    table = pq.ParquetFile(name).read()
    return table.schema.names, [as_list(c) for c in table.columns]


def with_dictionaries(name):
    """As pandas reads categories: the dictionaries of the file are those in memory."""
    names = [f.name for f in pq.read_schema(name) if str(f.type) in ("string", "binary") or "dictionary" in str(f.type)]
    table = pq.ParquetFile(name, read_dictionary=names).read()
    table.validate(full=True)
    return table.schema.names, [as_list(c) for c in table.columns]


def as_list(column):
    try:
        return column.to_pylist()
    except Exception:  # points in time that Python has no type for
        return [column]


def with_duckdb(name):
    rel = duckdb.sql(f"select * from read_parquet('{name}')")
    rows = rel.fetchall()
    return rel.columns, [list(c) for c in zip(*rows)] if rows else [[] for _ in rel.columns]


def compare(case, reader, read):
    try:
        names, before = read(case["before"])
    except Exception:
        return False  # the reader does not know the file as it was
    try:
        names2, after = read(case["after"])
    except Exception as e:
        print(f"{reader}: {case['after']}: unreadable: {type(e).__name__}: {str(e)[:200]}")
        return True
    if list(names) != list(names2):
        print(f"{reader}: {case['after']}: other columns")
        return True
    for name, was, now in zip(names, before, after):
        if len(was) != len(now):
            print(f"{reader}: {case['after']}: {name}: {len(was)} rows, then {len(now)}")
            continue
        rule = case["rules"].get(name, case["rules"].get("*", ""))
        for i, (x, y) in enumerate(zip(was, now)):
            if not same(x, y, rule):
                print(f"{reader}: {case['after']}: {name}, row {i} differs")
                break
    return True


counts = {"pyarrow": 0, "duckdb": 0}
for line in sys.stdin:
    case = json.loads(line)
    counts["pyarrow"] += compare(case, "pyarrow", with_arrow)
    compare(case, "pyarrow, dictionaries", with_dictionaries)
    counts["duckdb"] += compare(case, "duckdb", with_duckdb)
print("compared", json.dumps(counts))
