/* import.c - which sort of input it is; see import.h. */
#include "import/import.h"

#include <string.h>

#include "import/parts.h"
#include "play/scenario.h"

/* --- notes, outputs --- */

#define NOTE_MAX 300

static void add_note(struct import_note **list, struct arena *arena,
                     unsigned long line, const char *format, va_list args)
{
    struct import_note *note = arena_alloc(arena, sizeof(*note));
    struct strbuf text = STRBUF_INIT;
    size_t length;

    strbuf_vaddf(&text, format, args);
    length = text.len;
    note->line = line;
    if (length > NOTE_MAX)
        for (length = NOTE_MAX; (text.buf[length] & 0xC0) == 0x80;)
            length--; /* not inside a character */
    note->text = arena_strndup(arena, strbuf_str(&text), length);
    strbuf_release(&text);
    while (*list && (*list)->line <= line)
        list = &(*list)->next;
    note->next = *list;
    *list = note;
}

#define UNREAD_MAX 200

void import_unread(struct import *im, unsigned long line, const char *format,
                   ...)
{
    va_list args;

    if (++im->n_unread > UNREAD_MAX)
        return; /* counted, and the count is told */
    va_start(args, format);
    add_note(&im->unread, im->arena, line, format, args);
    va_end(args);
}

void import_assume(struct import *im, unsigned long line, const char *format,
                   ...)
{
    va_list args;

    va_start(args, format);
    add_note(&im->assumed, im->arena, line, format, args);
    va_end(args);
}

bool import_problem(struct import *im, unsigned long line, const char *format,
                    ...)
{
    struct import_note *note = NULL;
    va_list args;

    va_start(args, format);
    add_note(&note, im->arena, line, format, args);
    va_end(args);
    im->problem = note->text;
    im->problem_line = line;
    return false;
}

struct strbuf *import_output(struct import *im, const char *suffix,
                             const char *what)
{
    struct import_output *o = arena_alloc(im->arena, sizeof(*o));
    struct import_output **at = &im->outputs;

    while (*at)
        at = &(*at)->next;
    *at = o;
    o->suffix = suffix;
    o->what = what;
    return &o->text;
}

void import_release(struct import *im)
{
    for (struct import_output *o = im->outputs; o; o = o->next)
        strbuf_release(&o->text);
    im->outputs = NULL;
}

/* --- recognising --- */

/* What a trace says is taken over, and may be what no scenario can say; what
 * we make of facts never is. */
static enum import_kind checked(struct import *im, bool is_ours)
{
    for (struct import_output *o = im->outputs; o; o = o->next) {
        struct problems problems = {.arena = im->arena};
        struct scenario_overrides overrides;

        if (o->text.len > NODE_MAX_SIZE) {
            import_problem(im, 0, "too much for one scenario, which may have "
                                  "%d bytes: give a part of it",
                           NODE_MAX_SIZE);
            return IMPORT_UNREADABLE;
        }
        scenario_overrides_init(&overrides);
        scenario_parse(im->arena, "imported", strbuf_str(&o->text),
                       o->text.len, &overrides, &problems);
        if (!problems.first)
            continue;
        im->defective = is_ours;
        import_problem(im, 0, "no scenario can be made of it: line %d: %s",
                       problems.first->line, problems.first->text);
        return IMPORT_UNREADABLE;
    }
    return im->outputs ? IMPORT_SCENARIOS : IMPORT_UNREADABLE;
}

static const char *first_text(const char *text)
{
    while (*text == ' ' || *text == '\n' || *text == '\r' || *text == '\t')
        text++;
    return text;
}

enum import_kind import_read(struct import *im, const char *bytes,
                             size_t size)
{
    enum import_kind kind = IMPORT_SCENARIOS;
    struct line *lines;
    const char *start;
    size_t length;
    char *text, *inner;

    if (size > IMPORT_MAX_SIZE) {
        import_problem(im, 0, "too long: up to %zu MB are allowed",
                       IMPORT_MAX_SIZE >> 20);
        return IMPORT_UNREADABLE;
    }
    text = text_decode(im->arena, bytes, size, &length);
    start = first_text(text);
    if (!*start) {
        import_problem(im, 0, "empty: a list of writers, a log, a trace or a "
                              "document is allowed");
        return IMPORT_UNREADABLE;
    }
    if (*start == '<' && import_xml(im, text, length, &kind))
        return kind == IMPORT_SCENARIOS ? checked(im, true) : kind;
    if (*start == '{' && import_trace(im, text, length))
        return im->problem ? IMPORT_UNREADABLE : checked(im, false);
    if (*start == '{' && import_json(im, text, length, &inner)) {
        import_assume(im, 0, "JSON: the texts in it are read; lines are "
                             "counted in these");
        text = inner;
        length = strlen(inner);
    }
    lines = text_lines(im->arena, text, length);
    if (!import_betest_list(im, lines))
        import_text(im, lines);
    return im->problem ? IMPORT_UNREADABLE : checked(im, true);
}
