/* notes.c - what is said of an input, and what comes of it; see parts.h. */
#include <string.h>

#include "import/parts.h"
#include "os/assert.h"

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
    assert(length <= text.len);
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

/* --- the opening of what is made of it --- */

static void notes(struct strbuf *out, const struct import_note *note,
                  const char *what)
{
    unsigned n = 0;

    for (; note; note = note->next) {
        if (++n > 40) {
            yaml_comment(out, 0,
                         "%s: and more, see the messages of vssim import",
                         what);
            return;
        }
        if (note->line)
            yaml_comment(out, 0, "%s, line %lu: %s", what, note->line,
                         note->text);
        else
            yaml_comment(out, 0, "%s: %s", what, note->text);
    }
}

void import_opening(struct import *im, struct strbuf *out, const char *title,
                    const char *kind)
{
    strbuf_adds(out, "vssim: 1\nscenario: ");
    yaml_text(out, title);
    strbuf_adds(out, "\ntags: [imported]\n");
    yaml_comment(out, 0, "Made by vssim import from %s: %s.", im->name, kind);
    notes(out, im->assumed, "Assumed");
    notes(out, im->unread, "NOT UNDERSTOOD");
}
