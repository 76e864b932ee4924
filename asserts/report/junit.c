/*
 * junit.c - JUnit XML: a suite a topic, a case a scenario; ci/check/junit.xsd.
 *
 * What is no pass is shown as what a CI service understands: a failure for
 * fail and not exercised, an error for error, skipped (with the reason in
 * front) for skipped and for an expected failure, whose findings are told in
 * system-out. Names are made unique, because GitLab drops a case that has the
 * classname and name of an earlier one.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"

#define MOST_EXCERPTS 3
#define AROUND 4

struct counts {
    unsigned tests, failures, errors, skipped;
};

struct suite {
    struct suite *next;
    char *name; /* vssim.topic.topic */
    struct counts counts;
    struct strbuf cases;
};

struct junit {
    struct report report;
    FILE *out;
    struct suite *first, **end;
    struct counts counts;
    void *names; /* a tsearch tree of "classname/name" */
};

/* --- pieces --- */

/* Text with its line breaks as they are, for reading in a browser. */
static void put_text(struct strbuf *out, const char *text)
{
    struct strbuf line = STRBUF_INIT;

    for (;;) {
        size_t length = strcspn(text, "\n");

        strbuf_reset(&line);
        strbuf_add(&line, text, length);
        strbuf_add_xml(out, strbuf_str(&line));
        if (!text[length])
            break;
        strbuf_addc(out, '\n');
        text += length + 1;
    }
    strbuf_release(&line);
}

static void put_attribute(struct strbuf *out, const char *name,
                          const char *text)
{
    strbuf_addf(out, " %s=\"", name);
    strbuf_add_xml(out, text);
    strbuf_addc(out, '"');
}

static void put_counts(struct strbuf *out, const struct counts *c)
{
    strbuf_addf(out,
                " tests=\"%u\" failures=\"%u\" errors=\"%u\" "
                "skipped=\"%u\"",
                c->tests, c->failures, c->errors, c->skipped);
}

static const char *header_text(const struct judge *judge, enum trace_key key,
                               const char *otherwise)
{
    return trace_get_str(judge->model.header, key, otherwise);
}

/* --- suites and names --- */

/* vssim. and the topic, its folders with dots. */
static char *suite_name(const struct judge *judge)
{
    struct strbuf name = STRBUF_INIT;

    strbuf_addf(&name, "vssim.%s", header_text(judge, KEY_TOPIC, "unknown"));
    for (char *c = name.buf; *c; c++)
        if (*c == '/' || *c == '\\')
            *c = '.';
    return name.buf;
}

static struct suite *suite_for(struct junit *j, const struct judge *judge)
{
    char *name = suite_name(judge);
    struct suite *s = j->first;

    while (s && strcmp(s->name, name) != 0)
        s = s->next;
    if (s) {
        free(name);
        return s;
    }
    s = xcalloc(1, sizeof(*s));
    s->name = name;
    *j->end = s;
    j->end = &s->next;
    return s;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool is_new(struct junit *j, const char *suite, const char *name)
{
    struct strbuf key = STRBUF_INIT;
    char **slot;

    strbuf_addf(&key, "%s/%s", suite, name);
    slot = xchecked(tsearch(key.buf, &j->names, compare));
    if (*slot == key.buf)
        return true;
    strbuf_release(&key);
    return false;
}

/* "title [file]", and a number when that was there before. */
static void case_name(struct junit *j, const char *suite,
                      const struct judge *judge, struct strbuf *name)
{
    const char *file = judge->model.file;
    const char *slash = strrchr(file, '/');
    size_t length;

    strbuf_addf(name, "%s [%s]", header_text(judge, KEY_SCENARIO, "?"),
                slash ? slash + 1 : file);
    length = name->len;
    for (unsigned n = 2; !is_new(j, suite, strbuf_str(name)); n++) {
        name->len = length;
        strbuf_addf(name, " #%u", n);
    }
}

/* --- what came of a scenario --- */

static const struct finding *main_finding(const struct judge *judge)
{
    for (uint32_t i = 0; i < judge->n_findings; i++)
        if (judge->findings[i].rule->severity == SEVERITY_ERROR &&
            !judge->findings[i].expected_finding && !judge->findings[i].known)
            return &judge->findings[i];
    return NULL;
}

static void tell_finding(struct strbuf *out, const struct judge *judge,
                         const struct finding *f, bool excerpt)
{
    const char *file = judge->model.file;

    if (f->line)
        strbuf_addf(out, "%s:%d:%d: ", file, f->line, f->col);
    strbuf_addf(out, "%s: %s\n", f->rule->id, f->message);
    if (f->expected)
        strbuf_addf(out, "  expected: %s\n", f->expected);
    if (f->actual)
        strbuf_addf(out, "  actual:   %s\n", f->actual);
    strbuf_addf(out, "  rule:     %s%s (%s)\n",
                f->rule->severity == SEVERITY_WARNING ? "warning, " : "",
                f->rule->id, f->rule->provenance);
    if (excerpt && f->seq) {
        strbuf_addc(out, '\n');
        report_excerpt(out, judge, f->seq, AROUND);
    }
    strbuf_addc(out, '\n');
}

static void put_findings(struct strbuf *out, const struct judge *judge)
{
    struct strbuf text = STRBUF_INIT;

    if (judge->reason)
        strbuf_addf(&text, "%s\n\n", judge->reason);
    for (uint32_t i = 0; i < judge->n_findings; i++)
        tell_finding(&text, judge, &judge->findings[i], i < MOST_EXCERPTS);
    while (text.len && text.buf[text.len - 1] == '\n')
        text.buf[--text.len] = '\0';
    put_text(out, strbuf_str(&text));
    strbuf_release(&text);
}

/* What is neither passed nor failed has a reason. */
static const char *message_of(const struct judge *judge)
{
    const struct finding *f = main_finding(judge);

    return f ? f->message : judge->reason;
}

static const char *failure_type(const struct judge *judge)
{
    if (judge->verdict == VERDICT_NOT_EXERCISED)
        return "not-exercised";
    if (judge->verdict == VERDICT_ERROR)
        return "error";
    return main_finding(judge)->rule->id;
}

/* <failure> or <error> */
static void put_failure(struct strbuf *out, const struct judge *judge,
                        const char *element)
{
    strbuf_addf(out, "      <%s", element);
    put_attribute(out, "type", failure_type(judge));
    put_attribute(out, "message", message_of(judge));
    strbuf_addc(out, '>');
    put_findings(out, judge);
    strbuf_addf(out, "</%s>\n", element);
}

static void put_skipped(struct strbuf *out, const char *what,
                        const char *reason)
{
    struct strbuf message = STRBUF_INIT;

    strbuf_addf(&message, "%s%s", what, reason);
    strbuf_adds(out, "      <skipped");
    put_attribute(out, "message", strbuf_str(&message));
    strbuf_adds(out, "/>\n");
    strbuf_release(&message);
}

static void put_system_out(struct strbuf *out, const struct judge *judge)
{
    strbuf_adds(out, "      <system-out>");
    put_findings(out, judge);
    strbuf_adds(out, "</system-out>\n");
}

static void put_outcome(struct strbuf *out, const struct judge *judge,
                        struct counts *counts)
{
    switch (judge->verdict) {
    case VERDICT_FAIL:
    case VERDICT_NOT_EXERCISED:
        counts->failures++;
        put_failure(out, judge, "failure");
        break;
    case VERDICT_SKIPPED:
        counts->skipped++;
        put_skipped(out, "", message_of(judge));
        break;
    case VERDICT_EXPECTED_FAILURE:
        counts->skipped++;
        put_skipped(
            out, "expected failure, todo: ", header_text(judge, KEY_TODO, ""));
        put_system_out(out, judge);
        break;
    case VERDICT_PASS:
        if (judge->n_findings)
            put_system_out(out, judge);
        break;
    default: /* VERDICT_ERROR */
        counts->errors++;
        put_failure(out, judge, "error");
    }
}

static void junit_scenario(struct report *report, const struct judge *judge)
{
    struct junit *j = (struct junit *)report;
    struct suite *s = suite_for(j, judge);
    struct strbuf *out = &s->cases, name = STRBUF_INIT;
    const struct finding *f = main_finding(judge);

    case_name(j, s->name, judge, &name);
    strbuf_adds(out, "    <testcase");
    put_attribute(out, "classname", s->name);
    put_attribute(out, "name", strbuf_str(&name));
    put_attribute(out, "file", judge->model.file);
    strbuf_addf(out, " line=\"%d\">\n", f && f->line > 0 ? f->line : 1);
    put_outcome(out, judge, &s->counts);
    strbuf_adds(out, "    </testcase>\n");
    s->counts.tests++;
    strbuf_release(&name);
}

/* --- the whole --- */

static void add_counts(struct counts *sum, const struct counts *c)
{
    sum->tests += c->tests;
    sum->failures += c->failures;
    sum->errors += c->errors;
    sum->skipped += c->skipped;
}

static void write_suite(FILE *out, struct suite *s)
{
    struct strbuf head = STRBUF_INIT;

    strbuf_adds(&head, "  <testsuite");
    put_attribute(&head, "name", s->name);
    put_counts(&head, &s->counts);
    strbuf_adds(&head, ">\n");
    fputs(strbuf_str(&head), out);
    fputs(strbuf_str(&s->cases), out);
    fputs("  </testsuite>\n", out);
    strbuf_release(&head);
    strbuf_release(&s->cases);
    free(s->name);
}

static bool junit_finish(struct report *report)
{
    struct junit *j = (struct junit *)report;
    struct strbuf head = STRBUF_INIT;
    struct suite *next;
    bool good;

    for (const struct suite *s = j->first; s; s = s->next)
        add_counts(&j->counts, &s->counts);
    strbuf_adds(&head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<testsuites name=\"vssim\"");
    put_counts(&head, &j->counts);
    strbuf_adds(&head, ">\n");
    fputs(strbuf_str(&head), j->out);
    for (struct suite *s = j->first; s; s = next) {
        next = s->next;
        write_suite(j->out, s);
        free(s);
    }
    fputs("</testsuites>\n", j->out);
    good = fflush(j->out) == 0 && !ferror(j->out);
    strbuf_release(&head);
    while (j->names) { /* tdestroy is not everywhere */
        char *first = *(char **)j->names;

        tdelete(first, &j->names, compare);
        free(first);
    }
    free(j);
    return good;
}

struct report *report_junit_open(FILE *out)
{
    struct junit *j = xcalloc(1, sizeof(*j));

    j->report.scenario = junit_scenario;
    j->report.finish = junit_finish;
    j->out = out;
    j->end = &j->first;
    return &j->report;
}
