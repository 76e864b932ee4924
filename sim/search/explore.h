/*
 * explore.h - every sequence of calls of the restore alphabet, breadth first,
 * with the same state met twice followed once.
 *
 * Each sequence is judged whole, as if it had ended there: its trace, with
 * everything released. The reference is taken back to a mark before each call
 * (play/rewind.h); other subjects play each sequence from its beginning.
 */
#ifndef SEARCH_EXPLORE_H
#define SEARCH_EXPLORE_H

#include <stdio.h>

#include "asserts/rules/judge.h"
#include "play/worker.h"
#include "search/explore_alphabet.h"

/* Marks take at most so many bytes; states beyond are come back to by playing
 * their path from its beginning. */
#define EXPLORE_MEMORY ((uint64_t)512 * 1024 * 1024)

struct met { /* a state, by the path that first led there */
    uint32_t parent;
    uint8_t letter, depth;
    bool has_object, has_async, full;
};

struct met_table {
    struct met *met;
    uint32_t n, room;
    uint64_t *digests; /* of each state */
    uint64_t *seen;    /* open addressing; 0: free */
    uint32_t seen_size;
    uint32_t at; /* the next one to go on from */
};

struct explorer {
    struct worker
        *worker; /* of a subject that cannot be taken back, or NULL */
    struct worker *shrinks; /* plays violations while they are shrunk */
    const struct scenario_overrides *overrides;
    struct judge *judge;
    unsigned depth;
    unsigned edits;     /* of the document, on a path */
    unsigned pending;   /* events under way; with more nothing is followed */
    const char *output; /* folder for violations; NULL: none is written */
    bool foreign;       /* not the reference: its phases are its own */
    bool progress;      /* shown on stderr */
    uint64_t memory;    /* for marks */
    const char *save;   /* file to go on from; NULL: none */
    const char *key;    /* what the run is of: another one's file is no use */
    unsigned worlds;    /* explored to their end, those of the file included */
    unsigned resumed;   /* ... by the run that wrote the file */
    bool open; /* the depth, not a lack of new states, ended a world */
    struct met_table begun; /* the world that it was interrupted in */
    unsigned long states, transitions, calls, violations;
    bool visited[VSS_METHOD_COUNT][VSS_PHASE_COUNT];
};

/* Explores from a beginning with these writers (YAML: world, writers,
 * faults). False when the harness failed, or it was interrupted. */
bool explore_world(struct explorer *explorer, const char *name,
                   const char *world, const struct beginning *from);

/* NULL when the digest is known. Valid until the next. */
struct met *met_add(struct met_table *table, uint64_t digest);
void met_release(struct met_table *table);

/* Writes the file. False, with a message, when it cannot be written. `table`
 * NULL: no world is begun. */
bool explore_save(const struct explorer *explorer,
                  const struct met_table *table);
/* Reads it: totals, worlds explored, the table of the one begun. There is
 * none: true. False, with a message, when it is of no use. */
bool explore_load(struct explorer *explorer);

#endif
