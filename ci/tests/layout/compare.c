/* compare.c - tells where the two sets of headers differ; exit code 1. */
#include <stdio.h>

#include "layout.h"

int main(void)
{
    unsigned n = 0, different = 0;

    for (; layout_ours[n].what && layout_theirs[n].what; n++)
        if (layout_ours[n].value != layout_theirs[n].value) {
            printf("%s: %lld here, %lld in mingw's headers\n",
                   layout_ours[n].what, layout_ours[n].value,
                   layout_theirs[n].value);
            different++;
        }
    printf("%u compared, %u differ\n", n, different);
    return different ? 1 : 0;
}
