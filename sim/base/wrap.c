/* wrap.c - see wrap.h. */
#include "base/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "os/assert.h"

void wrap(FILE *out, const char *text, int at, int column)
{
    bool begins = true; /* no word stands in this line yet */

    assert(at >= 0 && column >= 0 && column < WRAP_WIDTH);
    text += strspn(text, " ");
    while (*text) {
        int length = (int)strcspn(text, " ");
        int gap = !begins ? 1 : column > at ? column - at : at > column;

        if (!begins && at + gap + length > WRAP_WIDTH) {
            fputc('\n', out);
            at = 0;
            gap = column;
        }
        fprintf(out, "%*s%.*s", gap, "", length, text);
        at += gap + length;
        begins = false;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}
