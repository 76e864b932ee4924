/* facts.c - what was read about writers, completed; see parts.h. */
#include <string.h>

#include "base/array.h"
#include "com/hresult.h"
#include "com/text.h"
#include "import/parts.h"
#include "scenario/scenario.h"
#include "writers/events.h"

struct fact *facts_add(struct facts *facts, unsigned long line)
{
    struct fact *f;

    if (facts->n == FACTS_MAX) {
        import_unread(facts->im, line,
                      "one writer more than the %d that a scenario may have",
                      FACTS_MAX);
        return NULL;
    }
    f = arena_alloc(facts->im->arena, sizeof(*f));
    f->line = line;
    f->state = -1;
    if (facts->last)
        facts->last->next = f;
    else
        facts->first = f;
    facts->last = f;
    facts->n++;
    return f;
}

/* --- tables --- */

/* English as vssadmin prints it; the two marked were seen in no real listing.
 * Localised ones: seen beside the English text of the same failure. */
static const struct {
    const char *text;
    HRESULT code;
} errors[] = {
    {"No error", S_OK},
    {"Retryable error", VSS_E_WRITERERROR_RETRYABLE},
    {"Non-retryable error", VSS_E_WRITERERROR_NONRETRYABLE},
    {"Timed out", VSS_E_WRITERERROR_TIMEOUT},
    {"Inconsistent shadow copy", VSS_E_WRITERERROR_INCONSISTENTSNAPSHOT},
    {"Not responding", VSS_E_WRITER_NOT_RESPONDING},
    {"Out of resources", VSS_E_WRITERERROR_OUTOFRESOURCES}, /* unverified */
    {"Unexpected error", VSS_E_WRITERERROR_NONRETRYABLE},   /* unverified */
    {"Przekroczono limit czasu", VSS_E_WRITERERROR_TIMEOUT},
    {"Nie ma bledow", S_OK},
    {"Nie ma b\xC5\x82\xC4\x99"
     "d\xC3\xB3w",
     S_OK},
    {"Aucune erreur", S_OK},
};

bool facts_error(const char *text, HRESULT *code)
{
    size_t length = strlen(text);

    while (length && (text[length - 1] == '.' || text[length - 1] == ' '))
        length--;
    for (unsigned i = 0; i < ARRAY_SIZE(errors); i++)
        if (text_is(text, length, errors[i].text)) {
            *code = errors[i].code;
            return true;
        }
    return text_code(text, code) || hresult_of(text, code);
}

/* --- profiles --- */

/* Names that profiles do not carry themselves. A trailing * is any rest. */
static const struct {
    const char *name, *profile;
} aliases[] = {
    {"Microsoft Exchange Replica Writer", "exchange"},
    {"ADAM (*", "adam"},
    {"MSMQ Writer (*", "msmq"},
};

static bool alias(const char *name, const char *profile)
{
    for (unsigned i = 0; i < ARRAY_SIZE(aliases); i++) {
        size_t length = strlen(aliases[i].name);
        bool any = aliases[i].name[length - 1] == '*';

        if (strcmp(aliases[i].profile, profile) == 0 &&
            (any ? strncmp(name, aliases[i].name, length - 1) == 0
                 : strcmp(name, aliases[i].name) == 0))
            return true;
    }
    return false;
}

static bool read_profile(struct arena *arena, unsigned i,
                         struct known_profile *out)
{
    struct problems problems = {.arena = arena};
    const struct builtin_profile *b = &builtin_profiles[i];
    const struct node *root = node_read(&problems, b->name, b->text, b->size);
    const struct node *n;

    memset(out, 0, sizeof(*out));
    out->profile = b->name;
    if (!root || !(n = node_get(root, "name")) || !n->text)
        return false;
    out->name = n->text;
    n = node_get(root, "class");
    if (!n || !n->text || !guid_parse(n->text, &out->class))
        return false;
    n = node_get(root, "writer-restore");
    out->never = n && n->text && strcmp(n->text, "VSS_WRE_NEVER") == 0;
    n = node_get(root, "components");
    out->bare = !n || !n->first;
    return true;
}

static void read_profiles(struct import *im)
{
    struct known_profile *all =
        arena_alloc(im->arena, n_builtin_profiles * sizeof(*all));

    for (unsigned i = 0; i < n_builtin_profiles; i++)
        if (read_profile(im->arena, i, &all[im->n_profiles]))
            im->n_profiles++;
    im->profiles = all;
}

bool facts_profile(struct import *im, const GUID *class, const char *name,
                   struct known_profile *out)
{
    if (!im->profiles)
        read_profiles(im);
    for (unsigned i = 0; i < im->n_profiles; i++) {
        const struct known_profile *p = &im->profiles[i];

        if (class ? guid_equal(&p->class, class)
                  : name && (text_is(name, strlen(name), p->name) ||
                             alias(name, p->profile))) {
            *out = *p;
            return true;
        }
    }
    return false;
}

/* --- completing --- */

const char *facts_slug(struct arena *arena, const char *name)
{
    static const char *const words[] = {"true", "false", "null", "yes", "no",
                                        "on", "off", "y", "n", "any"};
    char *out = arena_alloc(arena, strlen(name) + 3), *to = out;
    bool word = false;

    for (; *name && to - out < 60; name++) {
        char c =
            *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && to > out))
            *to++ = c;
        else if (to > out && to[-1] != '-')
            *to++ = '-';
    }
    while (to > out && to[-1] == '-')
        to--;
    *to = '\0';
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++)
        word |= strcmp(out, words[i]) == 0;
    if (!*out || word)
        return arena_printf(arena, "writer-%s", *out ? out : "x");
    return out;
}

static bool taken(const struct facts *facts, const struct fact *but,
                  const char *handle)
{
    for (const struct fact *f = facts->first; f && f != but; f = f->next)
        if (!f->out && strcmp(f->handle, handle) == 0)
            return true;
    return false;
}

static void name_fact(struct facts *facts, struct fact *f)
{
    struct arena *arena = facts->im->arena;
    char class[GUID_TEXT];
    const char *base;

    if (f->profile && (!f->name || strcmp(f->name, f->profile_name) == 0))
        base = f->profile;
    else if (f->name)
        base = facts_slug(arena, f->name);
    else
        base = arena_printf(arena, "writer-%.8s", guid_text(&f->class, class));
    f->handle = base;
    for (unsigned n = 2; taken(facts, f, f->handle); n++)
        f->handle = arena_printf(arena, "%s-%u", base, n);
}

static bool same_writer(const struct fact *a, const struct fact *b)
{
    if (a->has_instance && b->has_instance)
        return guid_equal(&a->instance, &b->instance);
    if (a->has_instance != b->has_instance)
        return false;
    if (a->has_class != b->has_class ||
        (a->has_class && !guid_equal(&a->class, &b->class)))
        return false;
    return a->name && b->name && strcmp(a->name, b->name) == 0;
}

/* A later word on the same writer counts, but no good word over a failure:
 * logs tell the end of a session, too. */
static void merge(struct facts *facts, struct fact *f)
{
    for (struct fact *g = facts->first; g != f; g = g->next) {
        if (g->out || !same_writer(g, f))
            continue;
        if (writer_event_failed(g->state) && !writer_event_failed(f->state)) {
            f->out = true;
            import_assume(facts->im, f->line,
                          "the writer of line %lu again: its failure is what "
                          "counts",
                          g->line);
        } else {
            g->out = true;
            import_assume(facts->im, f->line,
                          "the writer of line %lu again: what is told last "
                          "counts",
                          g->line);
        }
        return;
    }
}

/* SetWriterFailure takes five codes; see emit.c for the others. */
static void complete_code(struct facts *facts, struct fact *f)
{
    struct import *im = facts->im;

    if (!f->has_code && f->error)
        f->has_code = facts_error(f->error, &f->code);
    if (f->has_code && f->code != S_OK && !hresult_name(f->code)) {
        import_assume(im, f->line,
                      "0x%08X is no code of VSS: played as "
                      "VSS_E_WRITERERROR_NONRETRYABLE",
                      (unsigned)f->code);
        f->code = VSS_E_WRITERERROR_NONRETRYABLE;
    }
    if (f->has_code)
        return;
    f->has_code = true;
    f->code =
        writer_event_failed(f->state) ? VSS_E_WRITERERROR_NONRETRYABLE : S_OK;
    if (f->error && f->code != S_OK)
        import_unread(im, f->line,
                      "the error \"%s\": which HRESULT? Played as "
                      "VSS_E_WRITERERROR_NONRETRYABLE; put the right code "
                      "behind veto and failure",
                      f->error);
    else if (f->error)
        import_assume(im, f->line, "\"%s\" means that there is no error",
                      f->error);
    else if (f->code != S_OK)
        import_assume(im, f->line,
                      "no error is told: played as "
                      "VSS_E_WRITERERROR_NONRETRYABLE");
}

static void complete_state(struct facts *facts, struct fact *f)
{
    struct import *im = facts->im;

    if (f->state < 0) {
        import_unread(im, f->line,
                      "a writer without a state: played as "
                      "VSS_WS_STABLE");
        f->state = VSS_WS_STABLE;
    } else if (f->state >= VSS_WS_COUNT) {
        import_unread(im, f->line,
                      "[%d] is no state: 0 to %d are; played as "
                      "VSS_WS_STABLE",
                      f->state, VSS_WS_COUNT - 1);
        f->state = VSS_WS_STABLE;
    } else if (f->state >= VSS_WS_WAITING_FOR_FREEZE &&
               f->state <= VSS_WS_WAITING_FOR_POST_SNAPSHOT) {
        import_unread(im, f->line,
                      "[%d] is a state inside DoSnapshotSet, which a script "
                      "cannot stop at: played as VSS_WS_STABLE",
                      f->state);
        f->state = VSS_WS_STABLE;
    }
}

static void find_profile(struct facts *facts, struct fact *f)
{
    struct known_profile known;

    if (facts_profile(facts->im, f->has_class ? &f->class : NULL, f->name,
                      &known)) {
        f->profile = known.profile;
        f->profile_name = known.name;
        f->never = known.never;
        f->bare = known.bare;
    } else if (!f->body) {
        import_assume(facts->im, f->line,
                      "no profile knows %s: a writer with one component, "
                      "\"data\", that takes every event",
                      f->name ? f->name : "this class");
    }
}

void facts_complete(struct facts *facts)
{
    for (struct fact *f = facts->first; f; f = f->next) {
        if (!f->name && !f->has_class) {
            f->out = true;
            import_unread(facts->im, f->line,
                          "a writer without name and class id: left out");
            continue;
        }
        merge(facts, f);
    }
    for (struct fact *f = facts->first; f; f = f->next) {
        if (f->out)
            continue;
        find_profile(facts, f);
        complete_state(facts, f);
        complete_code(facts, f);
        name_fact(facts, f);
    }
}
