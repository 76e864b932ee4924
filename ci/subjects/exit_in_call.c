/* exit_in_call.c - a PreRestore that ends the process. */
#include <unistd.h>

#define NAME "exit-in-call"
#define NEVER_RETURN _exit(0)
#include "dies_in_call.h"
