/* wildcard.c - see wildcard.h. */
#include "cli/wildcard.h"

#include <stddef.h>
#include <string.h>

/* `p` stands behind the [; gives what follows the ], or NULL when there is
 * none: then the [ stands for itself. */
static const char *match_set(const char *p, char c, bool *matched)
{
    bool negate = *p == '!' || *p == '^';
    const char *first;

    p += negate;
    *matched = false;
    for (first = p; *p && (*p != ']' || p == first); p++) {
        unsigned char low = (unsigned char)*p, high = low;

        if (p[1] == '-' && p[2] && p[2] != ']') {
            high = (unsigned char)p[2];
            p += 2;
        }
        if (low <= (unsigned char)c && (unsigned char)c <= high)
            *matched = true;
    }
    *matched ^= negate;
    return *p ? p + 1 : NULL;
}

/* One item of the pattern, no *, against one byte; NULL: no match. */
static const char *match_one(const char *p, char c)
{
    const char *behind;
    bool matched;

    if (*p == '?')
        return p + 1;
    if (*p == '[' && (behind = match_set(p + 1, c, &matched)))
        return matched ? behind : NULL;
    if (*p == '\\' && p[1])
        p++;
    return *p == c ? p + 1 : NULL;
}

bool wildcard_match(const char *p, const char *name)
{
    const char *star = NULL, *from = NULL, *next;

    while (*name) {
        if (*p == '*') {
            star = ++p;
            from = name;
        } else if (*p && (next = match_one(p, *name))) {
            p = next;
            name++;
        } else if (star) { /* the last * takes one byte more */
            p = star;
            name = ++from;
        } else {
            return false;
        }
    }
    while (*p == '*')
        p++;
    return !*p;
}

bool wildcard_has(const char *pattern)
{
    return strpbrk(pattern, "*?[") != NULL;
}
