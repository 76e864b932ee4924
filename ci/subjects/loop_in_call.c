/* loop_in_call.c - a PreRestore that loops for ever. */
static volatile int never;

#define NAME "loop-in-call"
#define NEVER_RETURN \
    while (!never) \
        continue
#include "dies_in_call.h"
