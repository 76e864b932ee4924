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
    trace_begin(&t, TRACE_PROBLEM, 0, 0, 0, 0);
    trace_str(&t, KEY_FILE, "other.yaml");
    trace_int(&t, KEY_COL, 7);
    trace_end(&t);
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    text = told(&judge);
    shows(text, "ERR  t.yaml\n"
                "    t.yaml:3:0: no such step\n"
                "    t.yaml:5:0: no such writer\n"
                "    other.yaml:0:7: \n"
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

/* The excerpt stands once, under the last finding that there is. */
Test(tty, shows_a_record_under_its_last_finding)
{
    const struct trace_rec *rec;
    struct judge judge;
    struct trace t;
    char *text;

    header(&t);
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    rec = trace_first(t.base, *t.used);
    judge.n_findings = 0;
    found(&judge, RULE_ID_expect_out, NULL, rec, "one");
    found(&judge, RULE_ID_expect_out, NULL, rec, "two");
    judge.n_findings = 1;
    judge.verdict = VERDICT_FAIL;
    text = told(&judge);
    shows(text, "FAIL t.yaml\n"
                "    t.yaml: expect-out: one\n"
                "        >    0.000s      t.yaml, subject ?\n"
                "topic");
    free(text);
    judge_release(&judge);
}

/* A verdict of a topic, told; no topic: as of a folder without one. */
static void tell(struct report *report, struct judge *judge, const char *topic,
                 enum verdict verdict)
{
    struct trace t;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
    trace_str(&t, KEY_FILE, "t.yaml");
    if (topic)
        trace_str(&t, KEY_TOPIC, topic);
    trace_end(&t);
    judge_trace(judge, t.base, *t.used);
    judge->n_findings = 0;
    judge->verdict = verdict;
    judge->reason = NULL;
    report->scenario(report, judge);
}

static char *run(const struct tty_options *options, bool all)
{
    struct judge judge;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_tty_open(out, options);

    judge_init(&judge);
    for (int i = 0; i < 11; i++)
        tell(report, &judge, "async", VERDICT_PASS);
    tell(report, &judge, NULL, VERDICT_PASS);
    tell(report, &judge, "async", VERDICT_FAIL);
    tell(report, &judge, "prerestore/args", VERDICT_PASS);
    for (int v = VERDICT_NOT_EXERCISED; all && v < N_VERDICTS; v++)
        for (int i = 0; i <= v; i++)
            tell(report, &judge, i ? "prerestore/args" : "async",
                 (enum verdict)v);
    judge_release(&judge);
    cr_assert(report->finish(report));
    fclose(out);
    return text;
}

/* A line a topic, a column a verdict that came; the last line counts. */
Test(tty, a_table_of_topics)
{
    static const struct tty_options table, colour = {.colour = true};
    char *text = run(&table, false);

    cr_expect_str_eq(text, "FAIL t.yaml\n"
                           "topic                    pass          fail\n"
                           "async                      11             1\n"
                           "scenarios                   1             .\n"
                           "prerestore/args             1             .\n"
                           "\n"
                           "13 passed, 1 failed\n");
    free(text);
    text = run(&colour, false);
    cr_expect_str_eq(
        text, "\033[31mFAIL\033[0m t.yaml\n"
              "\033[1mtopic                    pass          fail\033[0m\n"
              "async           \033[32m           11\033[0m "
              "\033[31m            1\033[0m\n"
              "scenarios       \033[32m            1\033[0m             .\n"
              "prerestore/args \033[32m            1\033[0m             .\n"
              "\n"
              "\033[31m13 passed, 1 failed\033[0m\n");
    free(text);
}

#define TOLD \
    "FAIL t.yaml\n" \
    "IDLE t.yaml\nIDLE t.yaml\nIDLE t.yaml\n" \
    "ERR  t.yaml\nERR  t.yaml\nERR  t.yaml\n" \
    "ERR  t.yaml\nERR  t.yaml\nERR  t.yaml\n"
#define TOTALS \
    "6 of the failed could not be played\n" \
    "3 of the failed were not exercised\n" \
    "4 of the passed are expected failures\n" \
    "17 passed, 10 failed, 5 skipped\n"

Test(tty, counts_every_verdict)
{
    static const struct tty_options table, quiet = {.verbosity = -1};
    char *text = run(&table, true);

    cr_expect_str_eq(
        text, TOLD "topic                    pass          fail not exercised "
                   "expected fail       skipped         error\n"
                   "async                      11             1             1 "
                   "            1             1             1\n"
                   "scenarios                   1             .             . "
                   "            .             .             .\n"
                   "prerestore/args             1             .             2 "
                   "            3             4             5\n"
                   "\n" TOTALS);
    free(text);
    text = run(&quiet, true);
    cr_expect_str_eq(text, TOLD TOTALS);
    free(text);
}

/* What is not there is not mentioned. */
Test(tty, counts_one_verdict)
{
    static const char *const totals[N_VERDICTS] = {
        [VERDICT_PASS] = "1 passed, 0 failed\n",
        [VERDICT_FAIL] = "FAIL t.yaml\n0 passed, 1 failed\n",
        [VERDICT_NOT_EXERCISED] = "IDLE t.yaml\n"
                                  "1 of the failed were not exercised\n"
                                  "0 passed, 1 failed\n",
        [VERDICT_EXPECTED_FAILURE] = "1 of the passed are expected failures\n"
                                     "1 passed, 0 failed\n",
        [VERDICT_SKIPPED] = "0 passed, 0 failed, 1 skipped\n",
        [VERDICT_ERROR] = "ERR  t.yaml\n"
                          "1 of the failed could not be played\n"
                          "0 passed, 1 failed\n"};
    static const struct tty_options quiet = {.verbosity = -1};

    for (int v = 0; v < N_VERDICTS; v++) {
        struct judge judge;
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        struct report *report = report_tty_open(out, &quiet);

        judge_init(&judge);
        tell(report, &judge, "async", (enum verdict)v);
        judge_release(&judge);
        cr_assert(report->finish(report));
        fclose(out);
        cr_expect_str_eq(text, totals[v], "%s", text);
        free(text);
    }
}

/* Nothing was played: no table, and yet a last line. */
Test(tty, an_empty_run)
{
    static const struct tty_options options;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_tty_open(out, &options);

    cr_assert(report->finish(report));
    fclose(out);
    cr_expect_str_eq(text, "0 passed, 0 failed\n");
    free(text);
}
