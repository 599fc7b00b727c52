"""ipc.py write FOLDER: write Arrow IPC with pyarrow; ipc.py check FOLDER: read
NAME and NAME.out, which must differ in the columns named secret alone, and these
must hold [X] or null."""
import datetime
import pathlib
import sys

import pyarrow as pa

folder = pathlib.Path(sys.argv[2])


def write():
    rows = range(500)
    texts = [f"secret-{i % 40}" for i in rows]
    table = pa.table({
        "id": pa.array(rows),
        "secret": pa.array([None if i % 7 == 0 else t for i, t in enumerate(texts)]),
        "large_secret": pa.array(texts, pa.large_string()),
        "view_secret": pa.array(texts, pa.string_view()),
        "dict_secret": pa.array(texts).dictionary_encode(),
        "list_secret": pa.array([[t] * (i % 3) for i, t in enumerate(texts)]),
        "map_kept": pa.array([[(t[-2:], i)] for i, t in enumerate(texts)], pa.map_(pa.string(), pa.int64())),
        "seen": pa.array([datetime.datetime(2020, 1, 1) + datetime.timedelta(seconds=i) for i in rows], pa.timestamp("us", tz="UTC")),
        "flag": pa.array([i % 2 == 0 for i in rows]),
    })
    for codec in [None, "lz4", "zstd"]:
        options = pa.ipc.IpcWriteOptions(compression=codec)
        with pa.ipc.new_stream(folder / f"{codec}.arrows", table.schema, options=options) as w:
            w.write_table(table, max_chunksize=150)
        with pa.ipc.new_file(folder / f"{codec}.arrow", table.schema, options=options) as w:
            w.write_table(table, max_chunksize=150)


def read(path, kind):
    return (pa.ipc.open_stream if kind == ".arrows" else pa.ipc.open_file)(path).read_all()


def flat(values):
    for v in values:
        if isinstance(v, list):
            yield from flat(v)
        else:
            yield v


def check():
    for path in sorted(folder.glob("*.arrow*")):
        if path.suffix == ".out":
            continue
        before, after = read(path, path.suffix), read(f"{path}.out", path.suffix)
        after.validate(full=True)
        if before.schema != after.schema:
            print(path.name, "other schema")
        for name in before.schema.names:
            was, now = before[name].to_pylist(), after[name].to_pylist()
            if not name.endswith("secret"):
                if was != now:
                    print(path.name, name, "differs")
            elif len(was) != len(now) or [v is None for v in flat(was)] != [v is None for v in flat(now)] or set(flat(now)) - {None, "[X]"}:
                print(path.name, name, "is not changed as it should")
        print("compared", path.name)


{"write": write, "check": check}[sys.argv[1]]()
