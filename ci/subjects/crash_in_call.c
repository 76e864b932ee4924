/* crash_in_call.c - a PreRestore that follows a wild pointer. */
#include <signal.h>

#define NAME "crash-in-call"
#define NEVER_RETURN (signal(SIGSEGV, SIG_DFL), raise(SIGSEGV))
#include "dies_in_call.h"
