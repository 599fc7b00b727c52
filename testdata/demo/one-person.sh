#!/bin/sh
# One person in a log, a CSV file and a Parquet file, spelled otherwise in each:
# after scrim one token stands for her in all of them, find finds her by it, and
# what encrypt took out reveal puts back. Needs scrim in the PATH and no more.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
scrim keygen -o key 2>/dev/null
mkdir clean

for f in web.log orders.csv calls.parquet; do
	scrim --key-file key --set 'email,phone,ipv4,ipv6,mac=hash' "$here/$f" > "clean/$f"
	# The Parquet file is not compressed, so grep sees its values.
	grep -ao '\(email\|phone\|ipv4\|ipv6\|mac\)_[a-z2-7]\{13\}' "clean/$f" | sort -u > "$f.tokens"
done

echo "tokens that stand in all three files:"
sort web.log.tokens orders.csv.tokens calls.parquet.tokens | uniq -c | awk '$1 == 3 {print $2}' | sed 's/_.*//' | sort | uniq -c | sed 's/^ */  /'

echo "Mara Keller, by her address and by her number:"
for value in Mara.KELLER@example.com '+1 514 787 2100'; do
	echo "$value" | scrim find --key-file key --format json - clean | sed 's/.*"kind":"\([a-z]*\)","line":\([0-9]*\),"offset":[-0-9]*,"path":"clean\/\([a-z.]*\)".*/  \3 line \2: \1/'
done

echo "enciphered, and revealed to the byte:"
for f in web.log orders.csv; do
	scrim --key-file key --set '*=encrypt' "$here/$f" > enciphered
	! grep -qi 'keller\|787' enciphered
	scrim reveal --key-file key enciphered | cmp - "$here/$f"
	echo "  $f"
done
