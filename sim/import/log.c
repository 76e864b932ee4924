/*
 * log.c - lines of requesters' logs: vshadow and its descendants, betest,
 * diskshadow, and what backup products make of them.
 *
 * They differ in their words and agree in what they carry: a name in quotes
 * or brackets behind "writer", a state by name or number, a code, ids; on one
 * line or on several below the name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "com/enums.h"
#include "com/hresult.h"
#include "import/parts.h"

/* --- pieces of a line --- */

static const char *const before_name[] = {
    "Writer name: ", "Selected writer ", "writer ", "VSS Writer ", "writer: ",
    "): ", NULL};

static const char *name_at(struct arena *arena, const char *at)
{
    char close = *at == '[' ? ']' : *at == '\'' || *at == '"' ? *at : '\0';
    const char *end = close ? strchr(at + 1, close) : NULL;

    if (!end || end == at + 1 || at[1] == '{')
        return NULL;
    return arena_strndup(arena, at + 1, (size_t)(end - at - 1));
}

static const char *find_name(struct arena *arena, const char *text)
{
    if (!text_find(text, "writer"))
        return NULL;
    for (const char *const *b = before_name; *b; b++)
        for (const char *at = text; (at = text_find(at, *b)); at++) {
            const char *name = name_at(arena, at + strlen(*b));

            if (name)
                return name;
        }
    return NULL;
}

static bool number_after(const char *text, const char *word, int *out)
{
    const char *at = text_find(text, word);
    char *end;
    long n;

    if (!at)
        return false;
    at += strlen(word);
    at += *at == '[';
    n = strtol(at, &end, 0);
    if (end == at || n < 0 || n > 999)
        return false;
    *out = (int)n;
    return true;
}

static bool find_state(const char *text, int *state)
{
    const char *at = strstr(text, "VSS_WS_");
    char word[64];
    size_t length = 0;
    int64_t value;

    while (at && length < sizeof(word) - 1 &&
           ((at[length] >= 'A' && at[length] <= 'Z') || at[length] == '_')) {
        word[length] = at[length];
        length++;
    }
    word[length] = '\0';
    if (at && enum_value("VSS_WRITER_STATE", word, &value)) {
        *state = (int)value;
        return true;
    }
    return number_after(text, "in state ", state) ||
           number_after(text, "Status: ", state) ||
           number_after(text, "State: ", state) ||
           number_after(text, "WriterState=", state);
}

/* The phases as sentences, of requesters that translate the state. */
static bool find_phase(const char *text, int *state)
{
    static const struct {
        const char *words;
        int state;
    } phases[] = {
        {"during the backup preparation", VSS_WS_FAILED_AT_PREPARE_BACKUP},
        {"during the PrepareForSnapshot", VSS_WS_FAILED_AT_PREPARE_SNAPSHOT},
        {"during the snapshot preparation", VSS_WS_FAILED_AT_PREPARE_SNAPSHOT},
        {"during the freeze", VSS_WS_FAILED_AT_FREEZE},
        {"during the thaw", VSS_WS_FAILED_AT_THAW},
        {"during the PostSnapshot", VSS_WS_FAILED_AT_POST_SNAPSHOT},
        {"during the post snapshot", VSS_WS_FAILED_AT_POST_SNAPSHOT},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(phases); i++)
        if (text_find(text, phases[i].words)) {
            *state = phases[i].state;
            return true;
        }
    return false;
}

static bool id_after(const char *text, const char *const *words, GUID *guid)
{
    for (; *words; words++) {
        const char *at = text_find(text, *words);

        if (at && text_guid(at, guid) && strcspn(at, "{") < strlen(*words) + 4)
            return true;
    }
    return false;
}

static bool find_code(const char *text, HRESULT *code)
{
    static const char *const words[] = {
        "Writer Failure code: ", "Error code: ", "failure code ", "hr = ",
        "hr=", "error: ", "HRESULT: ", NULL};

    for (const char *const *w = words; *w; w++) {
        const char *at = text_find(text, *w);

        if (at && text_code(at + strlen(*w), code))
            return true;
    }
    return false;
}

/* --- lines --- */

static bool fields(struct fact *f, const char *text)
{
    static const char *const classes[] = {"Writer ID: ", "Class ID: ", NULL};
    static const char *const instances[] = {"Instance ID: ", NULL};
    bool any = false;
    GUID guid;

    if (f->state < 0 &&
        (find_state(text, &f->state) || find_phase(text, &f->state)))
        any = true;
    if (!f->has_code && find_code(text, &f->code))
        any = f->has_code = true;
    if (!f->has_class && id_after(text, classes, &guid)) {
        f->class = guid;
        any = f->has_class = true;
    }
    if (!f->has_instance && id_after(text, instances, &guid)) {
        f->instance = guid;
        any = f->has_instance = true;
    }
    return any;
}

/* A heading of a status list, with the fields on the lines below. */
static bool heading(const char *text)
{
    return strncmp(text, "* WRITER ", 9) == 0 ||
           text_find(text, "is in failed state") != NULL;
}

static bool take(struct facts *facts, struct fact **open,
                 const struct line *line)
{
    struct arena *arena = facts->im->arena;
    const char *name = find_name(arena, line->text);
    struct fact probe = {.state = -1};

    if (!name)
        return *open && line->text[0] == '-' && fields(*open, line->text);
    fields(&probe, line->text);
    if (probe.state < 0 && !heading(line->text))
        return false;
    *open = facts_add(facts, line->number);
    if (!*open)
        return false;
    (*open)->name = name;
    fields(*open, line->text);
    return true;
}

void log_lines(struct facts *facts, struct line *lines)
{
    unsigned before = facts->n;
    struct fact *open = NULL;

    for (struct line *line = lines; line; line = line->next) {
        if (line->taken) {
            open = NULL;
            continue;
        }
        line->taken = take(facts, &open, line);
        if (!line->taken)
            open = NULL;
    }
    if (facts->n > before && !facts->kind)
        facts->kind = "a requester's log";
}
