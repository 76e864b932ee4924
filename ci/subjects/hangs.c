/* hangs.c - a subject whose loading never ends. */
#include <unistd.h>

static void __attribute__((constructor)) hang(void)
{
    for (;;)
        sleep(1);
}
