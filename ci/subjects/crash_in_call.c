/* crash_in_call.c - a PreRestore that follows a wild pointer. */
#include <signal.h>

static volatile int *volatile wild = (volatile int *)16;

#define NAME "crash-in-call"
/* SIG_DFL: whatever a sanitizer has put there */
#define NEVER_RETURN (signal(SIGSEGV, SIG_DFL), *wild = 1)
#include "dies_in_call.h"
