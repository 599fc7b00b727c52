/* Reads patterns (one a line, from the first file) and counts their matches in
 * the second file with Hyperscan or Vectorscan, a megabyte at a time. The
 * command bench/peers builds it where libhs is installed. */
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 64
#define BLOCK (1 << 20)

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *n)
{
	(void)id, (void)from, (void)to, (void)flags;
	++*(unsigned long long *)n;
	return 0;
}

int main(int argc, char **argv)
{
	static char text[MOST][4096];
	static char block[BLOCK];
	const char *patterns[MOST];
	unsigned flags[MOST], ids[MOST], n = 0;
	unsigned long long found = 0;
	hs_database_t *db;
	hs_scratch_t *scratch = NULL;
	hs_compile_error_t *err;
	FILE *f;
	size_t got;

	if (argc != 3 || !(f = fopen(argv[1], "r")))
		return 2;
	while (n < MOST && fgets(text[n], sizeof text[n], f)) {
		text[n][strcspn(text[n], "\n")] = 0;
		patterns[n] = text[n];
		flags[n] = HS_FLAG_SOM_LEFTMOST;
		ids[n] = n;
		n++;
	}
	fclose(f);
	if (hs_compile_multi(patterns, flags, ids, n, HS_MODE_BLOCK, NULL, &db, &err) != HS_SUCCESS) {
		fprintf(stderr, "pattern %d: %s\n", err->expression, err->message);
		return 1;
	}
	if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS || !(f = fopen(argv[2], "r")))
		return 1;
	while ((got = fread(block, 1, sizeof block, f)) > 0)
		hs_scan(db, block, (unsigned)got, 0, scratch, count, &found);
	printf("%llu\n", found);
	return 0;
}
