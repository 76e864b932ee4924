/* loop_in_call.c - a PreRestore that loops for ever. */
static volatile int never;

#define NAME "loop-in-call"
#define INSTEAD \
    while (!never) \
        continue
#include "other_prerestore.h"
