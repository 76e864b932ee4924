/* node_value.c - typed values of nodes; see node.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "com/enums.h"
#include "com/hresult.h"
#include "yaml/node.h"

static const char *kind_name(const struct node *n)
{
    return n->kind == NODE_MAP    ? "a map"
           : n->kind == NODE_LIST ? "a list"
                                  : "a value";
}

static bool scalar(struct problems *p, const struct node *n, const char *want)
{
    if (n->kind == NODE_SCALAR)
        return true;
    problem_at(p, n, "%s%s%s is %s: %s is allowed", n->key ? "\"" : "",
               n->key ? n->key : "this", n->key ? "\"" : "", kind_name(n),
               want);
    return false;
}

bool node_is_null(const struct node *n)
{
    return n->kind == NODE_SCALAR && n->plain &&
           (strcmp(n->text, "null") == 0 || strcmp(n->text, "~") == 0);
}

bool node_text(struct problems *p, const struct node *n, const char **out)
{
    if (!scalar(p, n, "text"))
        return false;
    *out = n->text;
    return true;
}

bool node_bool(struct problems *p, const struct node *n, bool *out)
{
    if (!scalar(p, n, "true or false"))
        return false;
    if (n->plain && strcmp(n->text, "true") == 0)
        *out = true;
    else if (n->plain && strcmp(n->text, "false") == 0)
        *out = false;
    else {
        problem_at(p, n, "\"%s\" is no boolean: true or false is allowed",
                   n->text);
        return false;
    }
    return true;
}

bool node_int(struct problems *p, const struct node *n, int64_t *out)
{
    char *end;

    if (!scalar(p, n, "a whole number"))
        return false;
    errno = 0;
    *out = strtoll(n->text, &end, 0);
    if (errno || end == n->text || *end) {
        problem_at(p, n,
                   "\"%s\" is no whole number: digits or 0x... are "
                   "allowed",
                   n->text);
        return false;
    }
    return true;
}

bool node_time(struct problems *p, const struct node *n, uint64_t *out)
{
    static const struct {
        const char *name;
        uint64_t ms;
    } units[] = {
        {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    char *end;
    double value;

    if (!scalar(p, n, "a time such as 12s"))
        return false;
    value = strtod(n->text, &end);
    if (end != n->text && value >= 0 && value <= 1e9 &&
        strspn(n->text, "0123456789.") == (size_t)(end - n->text)) {
        for (unsigned i = 0; i < 5; i++)
            if (strcmp(end, units[i].name) == 0) {
                *out = (uint64_t)(value * (double)units[i].ms + 0.5);
                return true;
            }
        if (value == 0 && *end == '\0') {
            *out = 0;
            return true;
        }
    }
    problem_at(p, n,
               "\"%s\" is no time: a number with ms, s, m, h or d is "
               "allowed, for example 12s",
               n->text);
    return false;
}

static const char *near_hresult(const char *text)
{
    const char *names[256];
    unsigned n = 0;
    int32_t hr;
    const char *meaning;

    while (n < 255 && hresult_entry(n, &names[n], &hr, &meaning))
        n++;
    names[n] = NULL;
    return nearest_word(text, names);
}

bool node_hresult(struct problems *p, const struct node *n, int32_t *out)
{
    const char *near;

    if (!scalar(p, n, "the name of a code"))
        return false;
    if (hresult_of(n->text, out))
        return true;
    near = near_hresult(n->text);
    problem_at(p, n,
               "\"%s\" is no code%s%s%s: names as in vsserror.h are "
               "allowed, see vssim list --codes",
               n->text, near ? " (did you mean " : "", near ? near : "",
               near ? "?)" : "");
    return false;
}

bool node_enum(struct problems *p, const struct node *n, const char *type,
               int64_t *out)
{
    char list[600];

    if (!scalar(p, n, "a name"))
        return false;
    if (enum_value(type, n->text, out))
        return true;
    enum_list(type, list, sizeof(list));
    problem_at(p, n, "\"%s\" is no %s: allowed are %s", n->text, type, list);
    return false;
}

bool node_map(struct problems *p, const struct node *n)
{
    if (n->kind == NODE_MAP)
        return true;
    problem_at(p, n, "\"%s\" is %s: a map ({ key: value }) is allowed",
               n->key    ? n->key
               : n->text ? n->text
                         : "this",
               kind_name(n));
    return false;
}

bool node_list(struct problems *p, const struct node *n)
{
    if (n->kind == NODE_LIST)
        return true;
    problem_at(p, n, "\"%s\" is %s: a list is allowed",
               n->key ? n->key : "this", kind_name(n));
    return false;
}

/* Edit distance, for words up to 63 characters. */
static unsigned distance(const char *a, const char *b)
{
    unsigned row[64], la = (unsigned)strlen(a), lb = (unsigned)strlen(b);

    if (la > 63 || lb > 63)
        return 99;
    for (unsigned j = 0; j <= lb; j++)
        row[j] = j;
    for (unsigned i = 1; i <= la; i++) {
        unsigned diagonal = row[0];

        row[0] = i;
        for (unsigned j = 1; j <= lb; j++) {
            unsigned cost = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            if (row[j] + 1 < cost)
                cost = row[j] + 1;
            if (row[j - 1] + 1 < cost)
                cost = row[j - 1] + 1;
            row[j] = cost;
        }
    }
    return row[lb];
}

const char *nearest_word(const char *text, const char *const *allowed)
{
    unsigned best = (unsigned)strlen(text) / 3 + 1;
    const char *word = NULL;

    for (; *allowed; allowed++) {
        unsigned d = distance(text, *allowed);

        if (d <= best && (!word || d < best)) {
            best = d;
            word = *allowed;
        }
    }
    return word;
}

bool node_keys(struct problems *p, const struct node *map,
               const char *const *allowed)
{
    bool good = true;

    if (!node_map(p, map))
        return false;
    for (const struct node *n = map->first; n; n = n->next) {
        struct strbuf list = STRBUF_INIT;
        const char *near;
        bool known = false;

        for (const char *const *a = allowed; *a && !known; a++)
            known = strcmp(*a, n->key) == 0;
        if (known)
            continue;
        good = false;
        for (const char *const *a = allowed; *a; a++)
            strbuf_addf(&list, "%s%s", a == allowed ? "" : ", ", *a);
        near = nearest_word(n->key, allowed);
        problem_at_key(p, n, "unknown key \"%s\"%s%s%s: allowed are %s",
                       n->key, near ? " (did you mean " : "", near ? near : "",
                       near ? "?)" : "", strbuf_str(&list));
        strbuf_release(&list);
    }
    return good;
}
