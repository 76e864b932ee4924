/* tty_test.c - what a terminal shows of a scenario. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"

static char buffer[1 << 16] __attribute__((aligned(8)));

static void header(struct trace *t)
{
    trace_init(t, buffer, sizeof(buffer), NULL);
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_str(t, KEY_FILE, "t.yaml");
    trace_end(t);
}

static void problem(struct trace *t, int line, const char *text)
{
    trace_begin(t, TRACE_PROBLEM, 0, 0, 0, 0);
    trace_int(t, KEY_LINE, line);
    trace_str(t, KEY_TEXT, text);
    trace_end(t);
}

static char *told(const struct judge *judge)
{
    static const struct tty_options options;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_tty_open(out, &options);

    report->scenario(report, judge);
    cr_assert(report->finish(report));
    fclose(out);
    return text;
}

static void shows(const char *text, const char *what)
{
    cr_expect(strncmp(text, what, strlen(what)) == 0, "%s", text);
}

/* The first problem is the verdict's reason; each is told once. */
Test(tty, tells_every_problem)
{
    struct judge judge;
    struct trace t;
    char *text;

    header(&t);
    problem(&t, 3, "no such step");
    trace_begin(&t, TRACE_LOG, 0, 0, 0, 0);
    trace_str(&t, KEY_TEXT, "no problem");
    trace_end(&t);
    problem(&t, 5, "no such writer");
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    text = told(&judge);
    shows(text, "ERR  t.yaml\n"
                "    t.yaml:3:0: no such step\n"
                "    t.yaml:5:0: no such writer\n"
                "topic");
    free(text);
    judge_release(&judge);
}

Test(tty, puts_the_lines_of_a_value_below_one_another)
{
    struct judge judge;
    struct trace t;
    char *text;

    header(&t);
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    judge.n_findings = 0;
    finding_values(&judge,
                   found(&judge, RULE_ID_expect_out, NULL, NULL, "another"),
                   "one\ntwo", "three");
    judge.verdict = VERDICT_FAIL;
    text = told(&judge);
    shows(text, "FAIL t.yaml\n"
                "    t.yaml: expect-out: another\n"
                "        expected  one\n"
                "                  two\n"
                "        actual    three\n");
    free(text);
    judge_release(&judge);
}
