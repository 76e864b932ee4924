/* wrap_test.c - where lines end. */
#include "base/wrap.h"

#include <string.h>

#include <criterion/criterion.h>

static const char *wrapped(const char *text, int at, int column)
{
    static char out[2000];
    FILE *file = fmemopen(out, sizeof(out), "w");

    wrap(file, text, at, column);
    fclose(file);
    return out;
}

Test(wrap, lines)
{
    /* 79 columns fit, 80 do not. */
    char fits[80], wide[100], want[200];

    memset(fits, 'x', 79);
    fits[79] = '\0';
    fits[40] = ' ';
    snprintf(want, sizeof(want), "%s\n", fits);
    cr_expect_str_eq(wrapped(fits, 0, 0), want);
    snprintf(wide, sizeof(wide), "%sy", fits);
    snprintf(want, sizeof(want), "%.40s\n%sy\n", fits, fits + 41);
    cr_expect_str_eq(wrapped(wide, 0, 0), want);
    /* From a column on, below itself. */
    snprintf(want, sizeof(want), "  %.40s\n  %s\n", fits, fits + 41);
    cr_expect_str_eq(wrapped(fits, 0, 2), want);
    snprintf(want, sizeof(want), " %.40s\n  %s\n", fits, fits + 41);
    cr_expect_str_eq(wrapped(fits, 1, 2), want);
}

Test(wrap, ends)
{
    cr_expect_str_eq(wrapped("", 0, 4), "\n");
    cr_expect_str_eq(wrapped("  a  b ", 0, 0), "a b\n");
    /* The column is taken: a blank parts. */
    cr_expect_str_eq(wrapped("a b", 5, 4), " a b\n");
    cr_expect_str_eq(wrapped("a b", 4, 4), "a b\n");
}
