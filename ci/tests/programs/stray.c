/* stray.c - a program that finds a foreign library by its own run path. */
#include <stdint.h>
#include <unistd.h>

int32_t CreateVssBackupComponents(void **out);

int main(void)
{
    void *out;

    usleep(300000);
    return CreateVssBackupComponents(&out) == 0;
}
