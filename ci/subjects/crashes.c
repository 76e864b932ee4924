/* crashes.c - a subject that crashes while it is loaded. */
#include <signal.h>

static volatile int *volatile wild = (volatile int *)16;

static void __attribute__((constructor)) crash(void)
{
    signal(SIGSEGV, SIG_DFL); /* whatever a sanitizer has put there */
    *wild = 1;
}
