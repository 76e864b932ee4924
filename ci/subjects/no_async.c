/* no_async.c - an overlay whose PreRestore says S_OK and hands out nothing. */
#define NAME "no-async"
#define INSTEAD \
    do { \
        if (ppAsync) \
            *ppAsync = NULL; \
    } while (0)
#include "other_prerestore.h"
