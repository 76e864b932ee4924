/* good_c.c - a careful requester in C; see restore.h. */
#include "restore.h"

#include <stdlib.h>

bool mistake(enum mistake which)
{
    (void)which;
    return false;
}

int main(int argc, char **argv)
{
    return restore_document(argc > 1 ? argv[1] : getenv("VSSIM_DOCUMENT"));
}
