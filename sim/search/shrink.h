/*
 * shrink.h - makes a failing scenario as small as it can be while it fails by
 * the same rule, with the same words.
 *
 * For vssim shrink, and for whatever finds failures: run --shrink, explore.
 */
#ifndef SEARCH_SHRINK_H
#define SEARCH_SHRINK_H

#include "asserts/rules/judge.h"
#include "base/strbuf.h"
#include "play/worker.h"
#include "yaml/node.h"

struct shrinker {
    struct worker *worker;
    struct judge *judge;
    unsigned sweep; /* kinds: it fails when swept; 0: as it is */
    const char
        *rule; /* by which it must fail; NULL: an invariant, or the first */
    unsigned long runs;
    const char *kept_rule; /* out: what it fails by */
};

enum shrink_result {
    SHRINK_DONE,
    SHRINK_PASSES,  /* or not by that rule, or not exercised */
    SHRINK_BAD,     /* no scenario; judge->reason says why */
    SHRINK_HARNESS  /* vssim itself failed */
};

/* `name` is the scenario's path: files that it names are found from there.
 * `removed` gets a line for each thing taken out, with its place. */
enum shrink_result shrink(struct shrinker *shrinker, const char *name,
                          const char *text, size_t size, struct strbuf *out,
                          struct strbuf *removed);

/* Shrinks what failed and writes it into a folder, under the last part of its
 * name; says so on standard error. `text` NULL: the file's. False when vssim
 * itself failed. */
bool shrink_into(struct shrinker *shrinker, const char *folder,
                 const char *name, const char *text, size_t size);

/* --- shrink_tree.c: the scenario as a tree, parts of which can be missing */

struct piece {
    const struct node *node;
    bool gone, trying;
    const char *instead; /* of a scalar's text; NULL: as it is */
    struct piece *first, *next;
    unsigned n; /* of children */
};

struct piece *piece_tree(struct arena *arena, const struct node *node);
/* As YAML, what is gone left out. */
void piece_write(struct strbuf *out, const struct piece *root);
/* "requester, item 3: PreRestore". */
void piece_name(struct strbuf *out, const struct piece *root,
                const struct piece *piece);

#endif
