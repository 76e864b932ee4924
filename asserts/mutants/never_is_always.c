/*
 * never_is_always.c - the answer of GetRestoreMethod is taken for its
 * opposite.
 *
 * Wrong: PreRestore goes to writers that want no restore events
 * Rule: never-writer-hears-nothing
 */
#define WRONG_EVENT VSSIM_EVENT_PRE_RESTORE
#define WRONGLY(answer) \
    memmem((answer).metadata, (answer).metadata_size, \
           "writerRestore=\"never\"", 21)
#include "to_all.h"

static const struct mutation mutation = {.name = "never-is-always",
                                         .host = wrap};
