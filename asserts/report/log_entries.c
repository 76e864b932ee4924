/*
 * log_entries.c - the entries of the Application event log, as text: what an
 * administrator would have seen, scenario by scenario.
 */
#include <stdlib.h>
#include <string.h>

#include "asserts/model/event_kind.h"
#include "asserts/report/report.h"
#include "asserts/report/words.h"

struct eventlog {
    struct report report;
    FILE *out;
};

static void put_entry(FILE *out, const struct judge *j,
                      const struct trace_rec *rec)
{
    struct strbuf time = STRBUF_INIT, text = STRBUF_INIT;
    const char *words = trace_get_str(rec, KEY_TEXT, "");
    long long id = (long long)trace_get_int(rec, KEY_ID, 0);

    words_time(&time, rec->time);
    strbuf_add_utf8(&text, words, strlen(words));
    fprintf(out,
            "Log Name:    Application\n"
            "Source:      %s\n"
            "Event ID:    %lld\n"
            "Level:       %s\n"
            "Scenario:    %s\n"
            "After:       %s\n"
            "Description:\n%s\n\n",
            trace_get_str(rec, KEY_SOURCE, "VSS"), id, event_log_level(id),
            j->model.file, strbuf_str(&time), strbuf_str(&text));
    strbuf_release(&time);
    strbuf_release(&text);
}

static void tell(struct report *report, const struct judge *j)
{
    struct eventlog *e = (struct eventlog *)report;

    for (uint32_t i = 0; i < j->model.n_others; i++)
        if (j->model.others[i]->kind == TRACE_LOG)
            put_entry(e->out, j, j->model.others[i]);
}

static bool finish(struct report *report)
{
    struct eventlog *e = (struct eventlog *)report;
    bool good = fflush(e->out) == 0 && !ferror(e->out);

    free(e);
    return good;
}

struct report *report_eventlog_open(FILE *out)
{
    struct eventlog *e = xcalloc(1, sizeof(*e));

    e->report.scenario = tell;
    e->report.finish = finish;
    e->out = out;
    return &e->report;
}
