"""Measure scrim on Parquet beside pyarrow, DuckDB and parquet-go.

    python3 bench/parquet_peers.py [--rounds 3] [--rows 10000000] [--keep FOLDER]

It is run at the root of the repository and wants Go, pyarrow and duckdb. Files
are made by pyarrow and DuckDB. Each program is a process of its own, timed whole,
with its start; all run once a round, and the best round counts: what else the
machine does only ever adds. All rewrite column mail in the same way, to its first
twenty characters, and their results are compared. Results are kept under
bench/runs/<date>-<machine>-parquet/, with commands and versions.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from importlib import metadata

SCRIPT = pathlib.Path(__file__).resolve()
PATIENCE = 90  # seconds
SLOW = 30  # what takes longer runs once
MAIL = r"[a-z0-9.]+@[a-z0-9.]+\.[a-z]+"


def make(folder, rows):
    """Write the files, and return them with what they are."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    few = duckdb.sql(
        "select 'user'||k||'.'||['smith','jones','li'][1+k%3]||'@example'||(k%50)||'.com' as mail "
        f"from (select (hash(i)%12000)::int as k from range({rows}) t(i))").to_arrow_table()
    few = pa.table({"mail": few["mail"]})
    pq.write_table(few.combine_chunks(), folder / "dictionary.parquet", row_group_size=rows)
    pq.write_table(few, folder / "groups.parquet")
    del few
    duckdb.sql(f"copy (select * from read_parquet('{folder}/groups.parquet')) to '{folder}/duckdb.parquet' "
               "(format parquet, compression snappy)")
    plain = rows // 5
    many = duckdb.sql(
        "select i as id, 'user'||lpad(hash(i)::varchar, 20, '0')||'@example'||(i%50)||'.com' as mail, 'item '||(i%1000) as note "
        f"from range({plain}) t(i)").to_arrow_table()
    pq.write_table(many, folder / "plain.parquet", use_dictionary=["note"])
    print(json.dumps({name: pq.read_table(folder / f"{name}.parquet").nbytes for name in described(rows)}))


def described(rows):
    plain = rows // 5
    return {
        "dictionary": f"{rows:,} rows in one row group, column mail of 12,000 distinct values, by pyarrow",
        "groups": "the same in row groups of 1,048,576 rows",
        "duckdb": "the same written by DuckDB: row groups of 122,880 rows, a dictionary in each",
        "plain": f"{plain:,} rows of id, mail and note, all of mail different and written plain, by pyarrow",
    }


def peer(task, source, target):
    """Do a task with a Python library; this is what a process of its own does."""
    library, _, what = task.partition(" ")
    if library == "make":
        return make(pathlib.Path(source), int(target))
    if library == "compare":
        return compare(source, target)
    if library == "duckdb":
        import duckdb
        out = {
            "read": f"select {{}} from read_parquet('{source}')",
            "scan": f"select count(*) from read_parquet('{source}') where regexp_matches(mail, '{MAIL}')",
            "rewrite": f"copy (select * replace (substr(mail, 1, 20) as mail) from read_parquet('{source}')) "
                       f"to '{target}' (format parquet, compression snappy)",
        }[what]
        if what == "read":
            columns = [r[0] for r in duckdb.sql(f"describe select * from read_parquet('{source}')").fetchall()]
            out = out.format(", ".join(f"max({c})" for c in columns))
        duckdb.sql(out).fetchall() if what != "rewrite" else duckdb.sql(out)
        return
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    if what == "read":
        pq.read_table(source)
    elif what == "scan":
        pc.sum(pc.match_substring_regex(pq.read_table(source)["mail"], MAIL))
    elif what == "rewrite":
        table = pq.read_table(source)
        i = table.schema.get_field_index("mail")
        pq.write_table(table.set_column(i, "mail", pc.utf8_slice_codeunits(table["mail"], 0, 20)), target, compression="snappy")
    else:  # "rewrite, its dictionary in memory": the most that pyarrow offers
        table = pq.read_table(source, read_dictionary=["mail"])
        i = table.schema.get_field_index("mail")
        chunks = [pa.DictionaryArray.from_arrays(c.indices, pc.utf8_slice_codeunits(c.dictionary, 0, 20)) for c in table["mail"].chunks]
        pq.write_table(table.set_column(i, "mail", pa.chunked_array(chunks)), target, compression="snappy")


def commands(scrim, columns, source, target):
    python = [sys.executable, str(SCRIPT), "--peer"]
    args = [str(source), str(target)]
    change = ["--set", "email=truncate:runes=20"]
    return {
        "read": {
            "scrim (package parquet)": [columns, "read", args[0]],
            "pyarrow": [*python, "pyarrow read", *args],
            "DuckDB": [*python, "duckdb read", *args],
            "parquet-go": [columns, "parquet-go-read", args[0]],
        },
        "scan": {
            "scrim, all kinds": [scrim, "scan", args[0]],
            "scrim, email": [scrim, "scan", "--only", "email", args[0]],
            "pyarrow, a regular expression": [*python, "pyarrow scan", *args],
            "DuckDB, a regular expression": [*python, "duckdb scan", *args],
        },
        "rewrite": {
            "scrim, all kinds": [scrim, *change, args[0]],
            "scrim, email": [scrim, "--only", "email", *change, args[0]],
            "pyarrow": [*python, "pyarrow rewrite", *args],
            "pyarrow, its dictionary in memory": [*python, "pyarrow dictionary", *args],
            "DuckDB": [*python, "duckdb rewrite", *args],
            "parquet-go": [columns, "parquet-go-rewrite", *args],
        },
    }


def measure(command, target):
    """Run a command and return wall and processor seconds, and peak MiB; None if it
    fails or takes longer than PATIENCE."""
    out = open(target, "wb") if pathlib.Path(command[0]).name == "scrim" and command[1] != "scan" else subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    _, status, used = os.wait4(process.pid, 0)
    late.cancel()
    wall = time.perf_counter() - start
    if status:
        return None  # it failed, or did not come to an end
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}


def compare(name, other):
    """Compare what two programs wrote."""
    import pyarrow.parquet as pq
    one, two = (pq.read_table(f, columns=["mail"])["mail"].cast("string").combine_chunks() for f in (name, other))
    if not one.equals(two):
        raise SystemExit(f"{name}: other values than the first program's")


def step(task, source, target):
    """Run a part of this script in a process of its own: the memory of a process
    counts as that of those that it starts."""
    return subprocess.run([sys.executable, str(SCRIPT), "--peer", task, str(source), str(target)],
                          check=True, capture_output=True, text=True).stdout


def machine():
    try:
        name = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--keep", help="folder for the files that are made")
    options.add_argument("--skip", default="", help="programs to leave out, with commas between")
    options.add_argument("--peer", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.peer:
        return peer(*given.peer)
    folder = pathlib.Path(given.keep or tempfile.mkdtemp())
    scrim, columns = str(folder / "scrim"), str(folder / "columns")
    subprocess.run(["go", "build", "-o", scrim, "./cmd/scrim"], check=True)
    subprocess.run(["go", "build", "-o", columns, "./bench/columns"], check=True)
    files = described(given.rows)
    plain = json.loads(step("make", folder, given.rows))
    results = {}
    for round in range(given.rounds):
        for name in files:
            source, target = folder / f"{name}.parquet", folder / "out.parquet"
            first = folder / "first.parquet"
            first.unlink(missing_ok=True)
            subprocess.run(["cat", source], stdout=subprocess.DEVNULL, check=True)  # into the page cache
            for task, programs in commands(scrim, columns, source, target).items():
                for program, command in programs.items():
                    if any(s and s in program for s in given.skip.split(",")):
                        continue
                    runs = results.setdefault(name, {}).setdefault(task, {}).setdefault(program, [])
                    if runs and (runs[-1] is None or runs[-1]["wall"] > SLOW):
                        continue
                    target.unlink(missing_ok=True)
                    got = measure(command, target)
                    runs.append(got)
                    print(round, name, task, program, got and {k: round_to(v) for k, v in got.items()}, flush=True)
                    if got and task == "rewrite" and round == 0:
                        if first.exists():
                            step("compare", target, first)
                        else:
                            target.rename(first)
        keep(given, round + 1, files, plain, results, folder)


def keep(given, rounds, files, plain, results, folder):
    """Write what was measured so far."""
    where = {
        "date": datetime.date.today().isoformat(), "machine": machine(), "rounds": rounds, "rows": given.rows,
        "versions": {"scrim": version(), "go": subprocess.run(["go", "version"], capture_output=True, text=True).stdout.split()[2],
                     "pyarrow": metadata.version("pyarrow"), "duckdb": metadata.version("duckdb"),
                     "parquet-go": module("github.com/xitongsys/parquet-go"), "python": platform.python_version()},
    }
    slug = re.sub(r"[^a-z0-9]+", "-", where["machine"].split(",")[0].lower().replace("(r)", "")).strip("-")
    kept = pathlib.Path("bench/runs") / f"{where['date']}-{slug}-{os.cpu_count()}-cores-parquet"
    kept.mkdir(parents=True, exist_ok=True)
    sizes = {name: (folder / f"{name}.parquet").stat().st_size for name in files}
    (kept / "results.json").write_text(json.dumps({**where, "files": files, "bytes": sizes, "plain": plain, "results": results}, indent=1) + "\n")
    (kept / "README.md").write_text(report(where, files, sizes, plain, results))
    print(kept, flush=True)


def round_to(v):
    return float(f"{v:.3g}")


def version():
    return subprocess.run(["git", "describe", "--always"], capture_output=True, text=True).stdout.strip()


def module(path):
    return subprocess.run(["go", "list", "-m", "-f", "{{.Version}}", path], capture_output=True, text=True).stdout.strip()


def report(where, files, sizes, plain, results):
    text = [f"# scrim on Parquet and its peers, {where['date']}", "",
            f"{where['machine']}. Best of {where['rounds']} rounds, by processor time and by wall time, each for itself; whole processes with "
            "their start, page cache warm, output to a file. scrim searches for personal data before it rewrites; the others are "
            "told the column and do nothing but the replacement, and all give the same values.", "",
            f"    python3 bench/parquet_peers.py --rounds {where['rounds']} --rows {where['rows']}", "",
            ", ".join(f"{k} {v}" for k, v in where["versions"].items()), "",
            "GB/s are of the values as they are in memory, by wall time; *times scrim* is how much longer the others take than "
            "the first line of each task, by wall time and by processor time."]
    for name, what in files.items():
        text += ["", f"## {name}.parquet", "", f"{what}: {sizes[name] / 1e6:.1f} MB, {plain[name] / 1e6:.0f} MB in memory.", "",
                 "| task | program | wall s | processor s | GB/s | file MB/s | peak MiB | times scrim, wall | processor |",
                 "| --- | --- | --: | --: | --: | --: | --: | --: | --: |"]
        for task, programs in results[name].items():
            first = None
            for program, runs in programs.items():
                if None in runs:
                    text.append(f"| {task} | {program} | fails, or takes longer than {PATIENCE} s | | | | | | |")
                    continue
                wall, cpu = min(r["wall"] for r in runs), min(r["cpu"] for r in runs)
                first = first or (wall, cpu)
                text.append(f"| {task} | {program} | {wall:.3f} | {cpu:.3f} | {plain[name] / wall / 1e9:.2f} | {sizes[name] / wall / 1e6:.0f} "
                            f"| {max(r['peak'] for r in runs):.0f} | {wall / first[0]:.1f} | {cpu / first[1]:.1f} |")
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    main()
