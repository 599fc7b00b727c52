"""Write Parquet files with pyarrow and DuckDB into the folder given.

Every value of a column named secret holds the text "secret", in the column, its
statistics, dictionary, bloom filter, page indexes; so does the metadata.
"""
import datetime
import decimal
import itertools
import sys
import uuid

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]
ROWS = 700


def table(rows, distinct):
    def secret(i):
        return f"secret-{i % distinct:06d}"

    day = datetime.date(1970, 1, 1)
    at = datetime.datetime(2001, 2, 3, 4, 5, 6)
    r = range(rows)
    return pa.table({
        "id": pa.array(r, pa.int64()),
        "plain": pa.array([f"city-{i % 7}" for i in r]),
        "secret": pa.array([None if i % 11 == 5 else secret(i) for i in r], pa.string()),
        "must_secret": pa.array([secret(i) for i in r], pa.string()),
        "list_secret": pa.array([None if i % 13 == 1 else [secret(i + j) if j != 2 else None for j in range(i % 5)] for i in r],
                                pa.list_(pa.string())),
        "deep": pa.array([[{"name_secret": secret(i), "tags_secret": [secret(i), secret(i + 1)], "n": i}] * (i % 3) for i in r],
                         pa.list_(pa.struct([("name_secret", pa.string()), ("tags_secret", pa.list_(pa.string())), ("n", pa.int32())]))),
        "map_secret": pa.array([[(secret(i), secret(i + 1))] * (i % 2) for i in r],
                               pa.map_(pa.field("key", pa.string(), nullable=False), pa.field("value", pa.string(), metadata={"why": "of secret-000002"}))),
        "phone": pa.array([None if i % 9 == 2 else 15145550000 + i % distinct for i in r], pa.int64()),
        "small": pa.array([i % 100 for i in r], pa.int8()),
        "born": pa.array([day + datetime.timedelta(days=i % distinct) for i in r], pa.date32()),
        "seen": pa.array([at + datetime.timedelta(seconds=i % distinct) for i in r], pa.timestamp("us", tz="UTC")),
        "paid": pa.array([decimal.Decimal(i % distinct) / 100 for i in r], pa.decimal128(12, 2)),
        "score": pa.array([(i % distinct) / 4 for i in r], pa.float64()),
        "rate": pa.array([(i % distinct) / 4 for i in r], pa.float32()),
        "flag": pa.array([i % 3 == 0 for i in r], pa.bool_()),
        "fixed_secret": pa.array([uuid.UUID(int=i % distinct).bytes[:6] + b"secret" + b"0000" for i in r], pa.binary(16)),
        "nothing": pa.array([None] * rows, pa.string()),
    }).replace_schema_metadata({"note": "of secret-000001", "other": "kept"})


strings = ["secret", "must_secret", "list_secret.list.element", "deep.list.element.name_secret", "plain"]
ints = ["id", "phone", "born", "seen", "small"]
floats = ["score", "rate"]
codecs = itertools.cycle(["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
variants = {
    "dict": dict(use_dictionary=True),
    "fallback": dict(use_dictionary=True, dictionary_pagesize_limit=1500),
    "plain": dict(use_dictionary=False),
    "delta": dict(use_dictionary=False, column_encoding={**{c: "DELTA_BYTE_ARRAY" for c in strings + ["fixed_secret"]},
                                                         **{c: "DELTA_BINARY_PACKED" for c in ints},
                                                         **{c: "BYTE_STREAM_SPLIT" for c in floats}}),
    "length": dict(use_dictionary=False, column_encoding={**{c: "DELTA_LENGTH_BYTE_ARRAY" for c in strings},
                                                          **{c: "BYTE_STREAM_SPLIT" for c in ints + floats + ["fixed_secret"]}}),
}
for (name, options), version, distinct in itertools.product(variants.items(), ["1.0", "2.0"], [40, 2500]):
    codec = next(codecs)
    pq.write_table(table(ROWS, distinct), f"{folder}/pyarrow-{name}-{version}-{distinct}-{codec}.parquet",
                   compression=codec, data_page_version=version, data_page_size=2000, row_group_size=300,
                   write_page_index=True, write_page_checksum=True,
                   sorting_columns=[pq.SortingColumn(0), pq.SortingColumn(3)], **options)
pq.write_table(table(0, 40), f"{folder}/pyarrow-empty.parquet")

source = table(ROWS, 60)
for codec, version in itertools.product(["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"], ["V1", "V2"]):
    duckdb.sql(f"copy (select * from source) to '{folder}/duckdb-{codec}-{version}.parquet' "
               f"(format parquet, compression {codec}, parquet_version {version}, row_group_size 2048)")
