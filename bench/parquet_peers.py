"""Time pyarrow and DuckDB replacing the column mail of a Parquet file.

Usage: parquet_peers.py FILE, where FILE was written by
SCRIM_BENCH_FILES=DIR go test -run xxx -bench Rewrite ./pipeline/format/parquet

The same replacement as in that benchmark: "tok_" and the first eight characters.
Each is timed three times, the best counts; output goes to a temporary file.
"""
import os
import sys
import tempfile
import time

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

source = sys.argv[1]
target = os.path.join(tempfile.mkdtemp(), "out.parquet")


def token(values):
    return pc.binary_join_element_wise("tok_", pc.utf8_slice_codeunits(values, 0, 8), "")


def arrow_values():
    table = pq.read_table(source)
    table = table.set_column(1, "mail", token(table["mail"]))
    pq.write_table(table, target, compression="snappy")


def arrow_dictionary():
    """The best that pyarrow offers: the dictionary alone is changed in memory."""
    table = pq.read_table(source, read_dictionary=["mail"])
    chunks = [pa.DictionaryArray.from_arrays(c.indices, token(c.dictionary)) for c in table["mail"].chunks]
    table = table.set_column(1, "mail", pa.chunked_array(chunks))
    pq.write_table(table, target, compression="snappy")


def duck():
    duckdb.sql(f"copy (select id, 'tok_' || substr(mail, 1, 8) as mail from read_parquet('{source}')) "
               f"to '{target}' (format parquet, compression snappy)")


def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


for name, run in [("pyarrow", arrow_values), ("pyarrow, dictionary in memory", arrow_dictionary), ("duckdb", duck)]:
    best = min(seconds(run) for _ in range(3))
    print(f"{name}: {best:.3f} s, {os.path.getsize(source) / best / 1e6:.0f} MB/s")
