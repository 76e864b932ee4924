/*
 * explore_worlds.h - which worlds are explored: the one of a scenario's file,
 * or the built-in ones, with each outcome of one writer or with several
 * writers in every order of their answers; from each beginning asked for.
 *
 * For vssim explore. The order of the worlds is fixed: a run that goes on
 * counts those that are done (explore.h).
 */
#ifndef SEARCH_EXPLORE_WORLDS_H
#define SEARCH_EXPLORE_WORLDS_H

#include "search/explore.h"

enum { EXPLORE_MOST_WRITERS = 4 };

struct explore_worlds {
    struct explorer *explorer;
    const char *file; /* of a scenario; NULL: the built-in worlds */
    const char *from; /* a phase, or all; NULL: the first phase */
    unsigned writers; /* of a built-in world; 0 and 1: each outcome of one */
};

/* False when the harness failed, or it was interrupted; after a message. */
bool explore_all(const struct explore_worlds *worlds);

#endif
