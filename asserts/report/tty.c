/* tty.c - what a terminal shows: failures as they come, then a table. */
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"

#define EXCERPT 4 /* trace lines on each side of a finding */
#define SHOWN 5   /* findings of one scenario that are told in full */

struct topic {
    char *name;
    unsigned count[N_VERDICTS];
};

struct tty {
    struct report report;
    FILE *out;
    struct tty_options options;
    struct topic *topics;
    uint32_t n_topics, room_topics;
    unsigned count[N_VERDICTS];
};

enum colour { PLAIN, RED, GREEN, YELLOW, DIM, BOLD };

static const char *paint(const struct tty *t, enum colour colour)
{
    static const char *const codes[] = {"\033[0m",  "\033[31m", "\033[32m",
                                        "\033[33m", "\033[2m",  "\033[1m"};

    return t->options.colour ? codes[colour] : "";
}

static const struct {
    const char *word;
    enum colour colour;
} marks[N_VERDICTS] = {
    [VERDICT_PASS] = {"pass", GREEN},
    [VERDICT_FAIL] = {"FAIL", RED},
    [VERDICT_NOT_EXERCISED] = {"IDLE", YELLOW},
    [VERDICT_EXPECTED_FAILURE] = {"todo", DIM},
    [VERDICT_SKIPPED] = {"skip", DIM},
    [VERDICT_ERROR] = {"ERR ", RED},
};

static bool is_bad(enum verdict v)
{
    return v == VERDICT_FAIL || v == VERDICT_NOT_EXERCISED ||
           v == VERDICT_ERROR;
}

/* --- one scenario --- */

static void put_lines(struct tty *t, const char *text, enum colour colour)
{
    while (*text) {
        size_t line = strcspn(text, "\n");

        fprintf(t->out, "        %s%.*s%s\n", paint(t, colour), (int)line,
                text, paint(t, PLAIN));
        text += line + (text[line] == '\n');
    }
}

/* Findings in a row that speak of one record share its excerpt. */
static bool is_last_of_record(const struct judge *j, const struct finding *f)
{
    return f + 1 == j->findings + j->n_findings || f[1].seq != f->seq;
}

/* The lines of a text below one another. */
static void put_value(struct tty *t, const char *what, enum colour colour,
                      const char *text)
{
    fprintf(t->out, "        %-10s%s", what, paint(t, colour));
    for (; *text; text++)
        if (*text == '\n')
            fprintf(t->out, "\n%18s", "");
        else
            putc(*text, t->out);
    fprintf(t->out, "%s\n", paint(t, PLAIN));
}

static void put_finding(struct tty *t, const struct judge *j,
                        const struct finding *f)
{
    struct strbuf excerpt = STRBUF_INIT;
    bool warning = f->rule->severity == SEVERITY_WARNING;

    fprintf(t->out, "    %s:", j->model.file);
    if (f->line)
        fprintf(t->out, "%d:%d:", f->line, f->col);
    fprintf(
        t->out, " %s%s%s%s: %s\n",
        paint(t, warning || f->expected_finding || f->known ? YELLOW : RED),
        f->rule->id, paint(t, PLAIN),
        f->expected_finding ? " (expected)"
        : f->known          ? " (known)"
        : warning           ? " (warning)"
                            : "",
        f->message);
    if (f->expected) {
        put_value(t, "expected", GREEN, f->expected);
        put_value(t, "actual", RED, f->actual);
    }
    if (f->seq && !f->expected_finding && is_last_of_record(j, f)) {
        report_excerpt(&excerpt, j, f->seq, EXCERPT);
        put_lines(t, strbuf_str(&excerpt), DIM);
    }
    strbuf_release(&excerpt);
}

static void put_findings(struct tty *t, const struct judge *j)
{
    unsigned shown = 0, held = 0;
    const char *last = "";

    for (uint32_t i = 0; i < j->n_findings; i++) {
        const struct finding *f = &j->findings[i];

        if (f->expected_finding && t->options.verbosity < 1)
            continue;
        if (shown == SHOWN && t->options.verbosity < 1) {
            held++;
            continue;
        }
        put_finding(t, j, f);
        shown++;
        if (f->rule->kind != RULE_SCENARIO && strcmp(last, f->rule->id) != 0)
            fprintf(t->out, "        %s (vssim explain %s)\n",
                    f->rule->provenance, f->rule->id);
        last = f->rule->id;
    }
    if (held)
        fprintf(t->out, "    and %u more findings (-v shows all)\n", held);
}

static void put_scenario(struct tty *t, const struct judge *j)
{
    const char *title = trace_get_str(j->model.header, KEY_SCENARIO, "");

    fprintf(t->out, "%s%s%s %s%s%s\n", paint(t, marks[j->verdict].colour),
            marks[j->verdict].word, paint(t, PLAIN), j->model.file,
            *title ? ": " : "", title);
    if (j->reason)
        fprintf(t->out, "    %s\n", j->reason);
}

/* All but the first, which is the verdict's reason and stands above. */
static void put_problems(struct tty *t, const struct judge *j)
{
    bool first = j->reason != NULL;

    for (uint32_t i = 0; i < j->model.n_others; i++) {
        const struct trace_rec *rec = j->model.others[i];

        if (rec->kind != TRACE_PROBLEM)
            continue;
        if (!first)
            fprintf(t->out, "    %s:%d:%d: %s\n",
                    trace_get_str(rec, KEY_FILE, j->model.file),
                    (int)trace_get_int(rec, KEY_LINE, 0),
                    (int)trace_get_int(rec, KEY_COL, 0),
                    trace_get_str(rec, KEY_TEXT, ""));
        first = false;
    }
}

static void put_trace(struct tty *t, const struct judge *j)
{
    struct strbuf line = STRBUF_INIT;

    for (const struct trace_rec *rec =
             trace_first(j->model.base, j->model.used);
         rec; rec = trace_next(j->model.base, j->model.used, rec)) {
        strbuf_reset(&line);
        report_record(&line, rec);
        fprintf(t->out, "    %s\n", strbuf_str(&line));
    }
    strbuf_release(&line);
}

/* --- the table --- */

static struct topic *topic_of(struct tty *t, const char *name)
{
    for (unsigned i = 0; i < t->n_topics; i++)
        if (strcmp(t->topics[i].name, name) == 0)
            return &t->topics[i];
    t->topics = array_grown(t->topics, t->n_topics, &t->room_topics,
                            sizeof(*t->topics));
    memset(&t->topics[t->n_topics], 0, sizeof(*t->topics));
    t->topics[t->n_topics].name = xstrdup(name);
    return &t->topics[t->n_topics++];
}

static void tell(struct report *report, const struct judge *j)
{
    struct tty *t = (struct tty *)report;
    bool bad = is_bad(j->verdict);

    t->count[j->verdict]++;
    topic_of(t, trace_get_str(j->model.header, KEY_TOPIC, "scenarios"))
        ->count[j->verdict]++;
    if (!bad && t->options.verbosity < 1)
        return;
    put_scenario(t, j);
    if (j->verdict == VERDICT_ERROR)
        put_problems(t, j);
    else
        put_findings(t, j);
    if (t->options.verbosity >= 2)
        put_trace(t, j);
}

static void put_cell(struct tty *t, unsigned n, enum colour colour)
{
    if (n)
        fprintf(t->out, " %s%13u%s", paint(t, colour), n, paint(t, PLAIN));
    else
        fprintf(t->out, " %13s", ".");
}

static void put_table(struct tty *t)
{
    int width = 8;

    for (unsigned i = 0; i < t->n_topics; i++)
        if ((int)strlen(t->topics[i].name) > width)
            width = (int)strlen(t->topics[i].name);
    fprintf(t->out, "%s%-*s", paint(t, BOLD), width, "topic");
    for (int v = 0; v < N_VERDICTS; v++)
        if (t->count[v] || v <= VERDICT_FAIL)
            fprintf(t->out, " %13s",
                    v == VERDICT_EXPECTED_FAILURE
                        ? "expected fail"
                        : verdict_name((enum verdict)v));
    fprintf(t->out, "%s\n", paint(t, PLAIN));
    for (unsigned i = 0; i < t->n_topics; i++) {
        fprintf(t->out, "%-*s", width, t->topics[i].name);
        for (int v = 0; v < N_VERDICTS; v++)
            if (t->count[v] || v <= VERDICT_FAIL)
                put_cell(t, t->topics[i].count[v], marks[v].colour);
        fputc('\n', t->out);
    }
    fputc('\n', t->out);
}

/* The machine-stable last line: "N passed, N failed", then what else came. */
static void put_totals(struct tty *t)
{
    unsigned failed = t->count[VERDICT_FAIL] + t->count[VERDICT_ERROR] +
                      t->count[VERDICT_NOT_EXERCISED];

    if (t->count[VERDICT_ERROR])
        fprintf(t->out, "%u of the failed could not be played\n",
                t->count[VERDICT_ERROR]);
    if (t->count[VERDICT_NOT_EXERCISED])
        fprintf(t->out, "%u of the failed were not exercised\n",
                t->count[VERDICT_NOT_EXERCISED]);
    if (t->count[VERDICT_EXPECTED_FAILURE])
        fprintf(t->out, "%u of the passed are expected failures\n",
                t->count[VERDICT_EXPECTED_FAILURE]);
    fprintf(t->out, "%s%u passed, %u failed", paint(t, failed ? RED : GREEN),
            t->count[VERDICT_PASS] + t->count[VERDICT_EXPECTED_FAILURE],
            failed);
    if (t->count[VERDICT_SKIPPED])
        fprintf(t->out, ", %u skipped", t->count[VERDICT_SKIPPED]);
    fprintf(t->out, "%s\n", paint(t, PLAIN));
}

static bool finish(struct report *report)
{
    struct tty *t = (struct tty *)report;
    bool good;

    if (t->options.verbosity >= 0 && t->n_topics)
        put_table(t);
    put_totals(t);
    good = fflush(t->out) == 0 && !ferror(t->out);
    for (unsigned i = 0; i < t->n_topics; i++)
        free(t->topics[i].name);
    free(t->topics);
    free(t);
    return good;
}

struct report *report_tty_open(FILE *out, const struct tty_options *options)
{
    struct tty *t = xcalloc(1, sizeof(*t));

    t->report.scenario = tell;
    t->report.finish = finish;
    t->out = out;
    t->options = *options;
    return &t->report;
}
