/* crashes.c - a subject that crashes while it is loaded. */
#include <signal.h>

static void __attribute__((constructor)) crash(void)
{
    signal(SIGSEGV, SIG_DFL); /* whatever a sanitizer has put there */
    raise(SIGSEGV);
}
