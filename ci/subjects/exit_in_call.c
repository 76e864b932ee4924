/* exit_in_call.c - a PreRestore that ends the process. */
#include <unistd.h>

#define NAME "exit-in-call"
#define INSTEAD _exit(0)
#include "other_prerestore.h"
