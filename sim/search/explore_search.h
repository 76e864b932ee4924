/*
 * explore_search.h - the search through one world, for explore.c and
 * explore_judge.c.
 */
#ifndef SEARCH_EXPLORE_SEARCH_H
#define SEARCH_EXPLORE_SEARCH_H

#include <time.h>

#include "play/rewind.h"
#include "search/explore.h"

#define NO_LETTER UINT32_MAX

struct search {
    struct explorer *e;
    const char *name, *world;
    const struct beginning *from;
    struct met_table *table;
    struct rewind *rewind; /* NULL: each path from its beginning */
    struct rewind_mark *start;
    struct mark {
        struct rewind_mark *mark;
        size_t size;
    } * marks; /* of the states that wait, while there is memory */
    uint32_t marks_room;
    uint64_t marks_size;
    int phase; /* that the present state was seen in; -1: not yet */
    struct strbuf text;
    unsigned long before; /* violations of the worlds before */
    time_t told, saved;
};

/* The path to a state and a call there, as a scenario in s->text. Letters from
 * explore_n_letters on: a probe of a method. */
void explore_write(struct search *s, uint32_t at, uint32_t letter);
/* Judges its trace: a violation is told, the cell of the state table marked.
 * False when it is no trace of a run. */
bool explore_judge(struct search *s, uint32_t at, uint32_t letter,
                   const char *trace, uint64_t used);
/* Shrinks what a world was found to break after the first `before` violations:
 * the first ones of it, the rest is alike. */
bool explore_shrink(struct explorer *explorer, unsigned long before);

#endif
