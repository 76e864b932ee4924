/* foreign.c - another library of that name, for the tests of vssim exec. */
#include <stdint.h>

int32_t CreateVssBackupComponentsInternal(void **out);
int32_t CreateVssBackupComponents(void **out);

int32_t CreateVssBackupComponentsInternal(void **out)
{
    *out = 0;
    return (int32_t)0x80004001;
}

int32_t CreateVssBackupComponents(void **out)
{
    return CreateVssBackupComponentsInternal(out);
}
