/* import.c - which sort of input it is; see import.h. */
#include "import/import.h"

#include <string.h>

#include "import/parts.h"
#include "scenario/scenario.h"

/* --- recognising --- */

/* What a trace says is taken over, and may be what no scenario can say; what
 * we make of facts never is. */
static enum import_kind checked(struct import *im, bool is_ours)
{
    for (struct import_output *o = im->outputs; o; o = o->next) {
        struct problems problems = {.arena = im->arena};
        struct scenario_overrides overrides;

        if (o->text.len > NODE_MAX_SIZE) {
            import_problem(im, 0,
                           "too much for one scenario, which may have "
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

enum import_kind import_read(struct import *im, const char *bytes, size_t size)
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
        import_problem(im, 0,
                       "empty: a list of writers, a log, a trace or a "
                       "document is allowed");
        return IMPORT_UNREADABLE;
    }
    if (*start == '<' && import_xml(im, text, length, &kind))
        return kind == IMPORT_SCENARIOS ? checked(im, true) : kind;
    if (*start == '{' && import_trace(im, text, length))
        return im->problem ? IMPORT_UNREADABLE : checked(im, false);
    if (*start == '{' && import_json(im, text, length, &inner)) {
        import_assume(im, 0,
                      "JSON: the texts in it are read; lines are "
                      "counted in these");
        text = inner;
        length = strlen(inner);
    }
    lines = text_lines(im->arena, text, length);
    if (!import_betest_list(im, lines))
        import_text(im, lines);
    return im->problem ? IMPORT_UNREADABLE : checked(im, true);
}
