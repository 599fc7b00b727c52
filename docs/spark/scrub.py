"""Take personal data out of lines of text on Spark, with the scrim binary as a pipe() step.

    spark-submit scrub.py INPUT OUTPUT [scrim flag ...]

INPUT is what Spark reads (a path, a glob, hdfs://, s3a://), OUTPUT a folder that is not there yet. The binary must be
at the same place on every node; SCRIM names it if it is not in PATH. It runs once for each partition, and its exit code
counts: a partition that fails fails the job, and no line passes as it came.

Keys: --key-file names a file on every node. Do not put a key into spark.executorEnv: the settings of a job can be read.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession


def main(source, target, flags):
    spark = SparkSession.builder.appName("scrim").getOrCreate()
    # What a partition begins with says nothing of the file, so the format is said. A CSV file has its names and its
    # open quotes elsewhere: it goes through scrim run or scrim-beam, whole.
    command = [os.environ.get("SCRIM", "scrim"), "--input-format", "text", "--workers", "1", *flags]
    # Lines end at a line feed and there alone: by default Spark takes a carriage return for one, and drops it.
    lines = spark.sparkContext.newAPIHadoopFile(
        source,
        "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
        "org.apache.hadoop.io.LongWritable",
        "org.apache.hadoop.io.Text",
        conf={"textinputformat.record.delimiter": "\n"},
    ).values()
    lines.pipe(shlex.join(command), checkCode=True).saveAsTextFile(target)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: scrub.py INPUT OUTPUT [scrim flag ...]")
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
