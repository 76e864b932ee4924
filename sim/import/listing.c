/*
 * listing.c - what vssadmin list writers prints, in any language.
 *
 * The structure counts, not the words: a quoted name after a colon begins a
 * writer; {GUID} lines are its class id and then its instance id; [n] is the
 * state; the line after it is the last error.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "import/parts.h"

struct quotes {
    const char *open, *close;
};

static const struct quotes quotes[] = {
    {"'", "'"},
    {"\"", "\""},
    {"\xE2\x80\x98", "\xE2\x80\x99"}, /* single, typographic */
    {"\xE2\x80\x9C", "\xE2\x80\x9D"}, /* double */
    {"\xE2\x80\x99", "\xE2\x80\x99"},
    {"\xC2\xAB", "\xC2\xBB"}, /* angle */
};

/* All of `value` in quotes: what is inside. */
static const char *quoted(struct arena *arena, const char *value)
{
    size_t length = strlen(value);

    for (unsigned i = 0; i < ARRAY_SIZE(quotes); i++) {
        size_t open = strlen(quotes[i].open), close = strlen(quotes[i].close);

        if (length > open + close &&
            strncmp(value, quotes[i].open, open) == 0 &&
            strcmp(value + length - close, quotes[i].close) == 0)
            return arena_strndup(arena, value + open, length - open - close);
    }
    return NULL;
}

/* [n] in front: the number, and what follows. */
static bool state_of(const char *value, int *state, const char **rest)
{
    char *end;
    long n;

    if (value[0] != '[')
        return false;
    n = strtol(value + 1, &end, 10);
    if (end == value + 1 || *end != ']' || n < 0 || n > 999)
        return false;
    *state = (int)n;
    *rest = end + 1;
    return true;
}

/* A {GUID} alone, or a mark in braces that stands for one. */
static bool id_of(const char *value, bool *is_guid, GUID *guid)
{
    size_t length = strlen(value);

    *is_guid = false;
    if (value[0] != '{' || length < 3 || length > 60 ||
        value[length - 1] != '}')
        return false;
    *is_guid = length == 38 && text_guid(value, guid);
    return true;
}

struct reader {
    struct facts *facts;
    struct fact *f; /* the writer under way, or NULL */
    unsigned ids;
    bool in_error; /* the state was read: the error comes next */
};

static void take_id(struct reader *r, const char *key, size_t key_length,
                    bool is_guid, const GUID *guid)
{
    char word[81];
    bool instance;

    memcpy(word, key, key_length);
    word[key_length] = '\0';
    instance = text_find(word, "instan") != NULL || r->ids > 0;
    r->ids++;
    if (!is_guid)
        return;
    if (instance) {
        r->f->has_instance = true;
        r->f->instance = *guid;
    } else {
        r->f->has_class = true;
        r->f->class = *guid;
    }
}

static bool take(struct reader *r, const struct line *line)
{
    size_t key;
    const char *value = text_value(line->text, &key), *name, *rest;
    bool is_guid;
    GUID guid;
    int state;

    if (!value)
        return false;
    name = quoted(r->facts->im->arena, value);
    if (name && key < 60 && !text_find(line->text, " ERR=")) {
        r->f = facts_add(r->facts, line->number);
        r->ids = 0;
        r->in_error = false;
        if (r->f)
            r->f->name = name;
        return true;
    }
    if (!r->f)
        return false;
    if (id_of(value, &is_guid, &guid)) {
        take_id(r, line->text, key, is_guid, &guid);
        return true;
    }
    if (r->f->state < 0 && state_of(value, &state, &rest)) {
        r->f->state = state;
        r->in_error = true;
        return true;
    }
    if (*value && (r->in_error || text_is(line->text, key, "Last error")) &&
        !r->f->error) {
        r->f->error = value;
        r->in_error = false;
        return true;
    }
    return false;
}

/* What vssadmin says before the list, and of itself. */
static bool banner(const char *text)
{
    return strncmp(text, "vssadmin ", 9) == 0 ||
           strncmp(text, "(C) Copyright", 13) == 0 ||
           strncmp(text, "(c) Copyright", 13) == 0 ||
           text_find(text, "vssadmin list writers") != NULL;
}

void listing_lines(struct facts *facts, struct line *lines)
{
    struct reader r = {.facts = facts};
    unsigned before = facts->n;

    for (struct line *line = lines; line; line = line->next) {
        if (line->taken)
            continue;
        line->taken = take(&r, line) || banner(line->text);
        if (!line->taken)
            r.in_error = false;
    }
    if (facts->n > before) {
        facts->kind = "a list of writers";
        facts->leftover = true;
    }
}
