/* plain.c - text that is no document: listings, logs, event log entries. */
#include "import/parts.h"

/* What vssadmin says instead of a list. */
static bool is_error_of_vssadmin(const struct line *lines)
{
    for (; lines; lines = lines->next)
        if (text_find(lines->text, "Error: A Volume Shadow Copy Service"))
            return true;
    return false;
}

bool import_text(struct import *im, struct line *lines)
{
    struct facts facts = {.im = im};

    eventlog_lines(&facts, lines);
    log_lines(&facts, lines);
    listing_lines(&facts, lines);
    if (!facts.n && is_error_of_vssadmin(lines))
        return import_problem(
            im, 0,
            "unreadable: vssadmin's own error and no list; that does "
            "not mean no writers: run it again as an administrator");
    if (!facts.n)
        return import_problem(
            im, 0,
            "unreadable: no writer is found in it; a list of writers "
            "(vssadmin list writers), a requester's log, event log "
            "entries, a saved document, a Test Writer or BETest "
            "configuration or a trace is allowed");
    for (const struct line *line = lines; line; line = line->next)
        if (!line->taken)
            import_unread(im, line->number, "%s", line->text);
    facts_complete(&facts);
    for (const struct fact *f = facts.first; f; f = f->next)
        if (!f->out) {
            emit_facts(&facts);
            return true;
        }
    return import_problem(im, 0,
                          "unreadable: no writer with a name or a class "
                          "id is found in it");
}
