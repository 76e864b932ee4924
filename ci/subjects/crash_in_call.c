/* crash_in_call.c - a PreRestore that follows a wild pointer. */
#include <signal.h>

static volatile int *volatile wild = (volatile int *)16;

#define NAME "crash-in-call"
/* SIG_DFL: whatever a sanitizer has put there */
#define INSTEAD (signal(SIGSEGV, SIG_DFL), *wild = 1)
#include "other_prerestore.h"
