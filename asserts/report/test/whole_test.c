/*
 * whole_test.c - what each report says of one scenario, to the letter: findings
 * of every sort, excerpts, the event log.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"
#include "base/array.h"
#include "base/test/growth.h"

static char buffer[1 << 16] __attribute__((aligned(8)));

static const struct trace_rec *record_of(const struct judge *j, uint32_t seq)
{
    const struct trace_rec *rec = trace_first(j->model.base, j->model.used);

    while (rec && rec->seq != seq)
        rec = trace_next(j->model.base, j->model.used, rec);
    return rec;
}

static void log_entry(struct trace *t, int64_t id, const char *source)
{
    trace_begin(t, TRACE_LOG, 61234, 1, 0, 0);
    if (source)
        trace_str(t, KEY_SOURCE, source);
    trace_int(t, KEY_ID, id);
    trace_str(t, KEY_TEXT, "two\nlines \xFF");
    trace_end(t);
}

static void make_trace(struct trace *t)
{
    trace_init(t, buffer, sizeof(buffer), NULL);
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0); /* record 1 */
    trace_str(t, KEY_FILE, "dir/t.yaml");
    trace_str(t, KEY_SCENARIO, "A title");
    trace_str(t, KEY_TOPIC, "a/b");
    trace_str(t, KEY_WINDOWS, "server-2008");
    trace_str(t, KEY_SUBJECT, "reference");
    trace_str(t, KEY_TAGS, "x y");
    trace_str(t, KEY_TODO, "later");
    trace_end(t);
    trace_begin(t, TRACE_CALL, 5, 1, 1, 0);
    trace_str(t, KEY_METHOD, "PreRestore");
    trace_end(t);
    trace_begin(t, TRACE_RETURN, 6, 1, 1, 0); /* record 3 */
    trace_hr(t, KEY_HR, 0);
    trace_end(t);
    trace_begin(t, TRACE_EXPECT, 6, 1, 1, 0);
    trace_str(t, KEY_WHAT, "returns");
    trace_end(t);
    log_entry(t, 8229, NULL);
    log_entry(t, 12289, "SQL");
    for (int i = 0; i < 3; i++) { /* records 7 to 9 */
        trace_begin(t, TRACE_SLEEP, 61234, 1, 0, 0);
        trace_int(t, KEY_MS, 1000 * i);
        trace_end(t);
    }
}

static struct finding *find(struct judge *j, enum rule_id rule, uint32_t seq,
                            const char *message, int line)
{
    struct finding *f =
        found(j, rule, NULL, seq ? record_of(j, seq) : NULL, "%s", message);

    f->line = line;
    f->col = line ? 9 : 0;
    return f;
}

static void make_findings(struct judge *j)
{
    find(j, RULE_ID_metadata_freed, 9, "a warning", 0);
    find(j, RULE_ID_init_once, 2, "as demanded", 4)->expected_finding = true;
    find(j, RULE_ID_allowed_code, 0, "a known one", 5)->known = true;
    find(j, RULE_ID_allowed_code, 3, "the one", 7)->call = 1;
    find(j, RULE_ID_allowed_code, 3, "of the same record", 8);
    finding_values(j, find(j, RULE_ID_expect_out, 0, "of none", 0), "a\nb",
                   "c");
    find(j, RULE_ID_expect_returns, 0, "the sixth", 0);
    find(j, RULE_ID_status_fresh, 0, "the seventh", 0);
}

static const struct tty_options by_default, bright = {true, 1},
                                            full = {false, 2};

static struct report *plain(FILE *out)
{
    return report_tty_open(out, &by_default);
}

static struct report *coloured(FILE *out)
{
    return report_tty_open(out, &bright);
}

static struct report *in_full(FILE *out)
{
    return report_tty_open(out, &full);
}

static const struct {
    struct report *(*open)(FILE *out);
    bool bad; /* with findings; then as one that is an error */
    const char *text;
} reports[] = {
    {plain, true,
     "FAIL dir/t.yaml: A title\n"
     "    dir/t.yaml: metadata-is-freed (warning): a warning\n"
     "            61.234s      event log: ? 8229: \"two\\nlines \uFFFD\"\n"
     "            61.234s      event log: SQL 12289: \"two\\nlines \uFFFD\"\n"
     "            61.234s      sleeps 0.000s\n"
     "            61.234s      sleeps 1.000s\n"
     "        >   61.234s      sleeps 2.000s\n"
     "        documented (nf-vsbackup-ivssbackupcomponents-freewritermetadata"
     "); observed (few requesters do) (vssim explain metadata-is-freed)\n"
     "    dir/t.yaml:5:9: allowed-code (known): a known one\n"
     "        documented (return value table of each method's page) (vssim "
     "explain allowed-code)\n"
     "    dir/t.yaml:7:9: allowed-code: the one\n"
     "    dir/t.yaml:8:9: allowed-code: of the same record\n"
     "             0.000s      dir/t.yaml: \"A title\", subject reference, "
     "on server-2008, expected to fail by: \"later\"\n"
     "             0.005s  #1  PreRestore()\n"
     "        >    0.006s  #1  PreRestore -> S_OK\n"
     "            61.234s      event log: ? 8229: \"two\\nlines \uFFFD\"\n"
     "            61.234s      event log: SQL 12289: \"two\\nlines \uFFFD\"\n"
     "            61.234s      sleeps 0.000s\n"
     "            61.234s      sleeps 1.000s\n"
     "    dir/t.yaml: expect-out: of none\n"
     "        expected  a\n"
     "                  b\n"
     "        actual    c\n"
     "    and 2 more findings (-v shows all)\n"
     "ERR  dir/t.yaml: A title\n"
     "    broken\n"
     "topic             pass          fail         error\n"
     "a/b                  .             1             1\n"
     "\n"
     "1 of the failed could not be played\n"
     "0 passed, 2 failed\n"},
    {coloured, true,
     "\033[31mFAIL\033[0m dir/t.yaml: A title\n"
     "    dir/t.yaml: \033[33mmetadata-is-freed\033[0m (warning): a warning\n"
     "        \033[2m    61.234s      event log: ? 8229: \"two\\nlines "
     "\uFFFD\"\033[0m\n"
     "        \033[2m    61.234s      event log: SQL 12289: \"two\\nlines "
     "\uFFFD\"\033[0m\n"
     "        \033[2m    61.234s      sleeps 0.000s\033[0m\n"
     "        \033[2m    61.234s      sleeps 1.000s\033[0m\n"
     "        \033[2m>   61.234s      sleeps 2.000s\033[0m\n"
     "        documented (nf-vsbackup-ivssbackupcomponents-freewritermetadata"
     "); observed (few requesters do) (vssim explain metadata-is-freed)\n"
     "    dir/t.yaml:4:9: \033[33minitialise-once\033[0m (expected): as "
     "demanded\n"
     "        interpreted (U02; one object, one operation) (vssim explain "
     "initialise-once)\n"
     "    dir/t.yaml:5:9: \033[33mallowed-code\033[0m (known): a known one\n"
     "        documented (return value table of each method's page) (vssim "
     "explain allowed-code)\n"
     "    dir/t.yaml:7:9: \033[31mallowed-code\033[0m: the one\n"
     "    dir/t.yaml:8:9: \033[31mallowed-code\033[0m: of the same record\n"
     "        \033[2m     0.000s      dir/t.yaml: \"A title\", subject "
     "reference, on server-2008, expected to fail by: \"later\"\033[0m\n"
     "        \033[2m     0.005s  #1  PreRestore()\033[0m\n"
     "        \033[2m>    0.006s  #1  PreRestore -> S_OK\033[0m\n"
     "        \033[2m    61.234s      event log: ? 8229: \"two\\nlines "
     "\uFFFD\"\033[0m\n"
     "        \033[2m    61.234s      event log: SQL 12289: \"two\\nlines "
     "\uFFFD\"\033[0m\n"
     "        \033[2m    61.234s      sleeps 0.000s\033[0m\n"
     "        \033[2m    61.234s      sleeps 1.000s\033[0m\n"
     "    dir/t.yaml: \033[31mexpect-out\033[0m: of none\n"
     "        expected  \033[32ma\n"
     "                  b\033[0m\n"
     "        actual    \033[31mc\033[0m\n"
     "    dir/t.yaml: \033[31mexpect-returns\033[0m: the sixth\n"
     "    dir/t.yaml: \033[31mstatus-is-fresh\033[0m: the seventh\n"
     "        interpreted (U41); documented (determining-writer-status) "
     "(vssim explain status-is-fresh)\n"
     "\033[31mERR \033[0m dir/t.yaml: A title\n"
     "    broken\n"
     "\033[1mtopic             pass          fail         error\033[0m\n"
     "a/b                  . \033[31m            1\033[0m \033[31m           "
     " 1\033[0m\n"
     "\n"
     "1 of the failed could not be played\n"
     "\033[31m0 passed, 2 failed\033[0m\n"},
    {in_full, false,
     "pass dir/t.yaml: A title\n"
     "       0.000s      dir/t.yaml: \"A title\", subject reference, on "
     "server-2008, expected to fail by: \"later\"\n"
     "       0.005s  #1  PreRestore()\n"
     "       0.006s  #1  -> S_OK\n"
     "       0.006s        expected: returns\n"
     "      61.234s      event log: ? 8229: \"two\\nlines \uFFFD\"\n"
     "      61.234s      event log: SQL 12289: \"two\\nlines \uFFFD\"\n"
     "      61.234s      sleeps 0.000s\n"
     "      61.234s      sleeps 1.000s\n"
     "      61.234s      sleeps 2.000s\n"
     "topic             pass          fail\n"
     "a/b                  1             .\n"
     "\n"
     "1 passed, 0 failed\n"},
    {report_junit_open, true,
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     "<testsuites name=\"vssim\" tests=\"2\" failures=\"1\" errors=\"1\" "
     "skipped=\"0\">\n"
     "  <testsuite name=\"vssim.a.b\" tests=\"2\" failures=\"1\" "
     "errors=\"1\" skipped=\"0\">\n"
     "    <testcase classname=\"vssim.a.b\" name=\"A title [t.yaml]\" "
     "file=\"dir/t.yaml\" line=\"7\">\n"
     "      <failure type=\"allowed-code\" message=\"the "
     "one\">metadata-is-freed: a warning\n"
     "  rule:     warning, metadata-is-freed (documented "
     "(nf-vsbackup-ivssbackupcomponents-freewritermetadata); observed (few "
     "requesters do))\n"
     "\n"
     "    61.234s      event log: ? 8229: &quot;two\\nlines \uFFFD&quot;\n"
     "    61.234s      event log: SQL 12289: &quot;two\\nlines \uFFFD&quot;\n"
     "    61.234s      sleeps 0.000s\n"
     "    61.234s      sleeps 1.000s\n"
     "&gt;   61.234s      sleeps 2.000s\n"
     "\n"
     "dir/t.yaml:4:9: initialise-once: as demanded\n"
     "  rule:     initialise-once (interpreted (U02; one object, one "
     "operation))\n"
     "\n"
     "     0.000s      dir/t.yaml: &quot;A title&quot;, subject reference, "
     "on server-2008, expected to fail by: &quot;later&quot;\n"
     "&gt;    0.005s  #1  PreRestore()\n"
     "     0.006s  #1  PreRestore -&gt; S_OK\n"
     "    61.234s      event log: ? 8229: &quot;two\\nlines \uFFFD&quot;\n"
     "    61.234s      event log: SQL 12289: &quot;two\\nlines \uFFFD&quot;\n"
     "    61.234s      sleeps 0.000s\n"
     "\n"
     "dir/t.yaml:5:9: allowed-code: a known one\n"
     "  rule:     allowed-code (documented (return value table of each "
     "method&apos;s page))\n"
     "\n"
     "dir/t.yaml:7:9: allowed-code: the one\n"
     "  rule:     allowed-code (documented (return value table of each "
     "method&apos;s page))\n"
     "\n"
     "dir/t.yaml:8:9: allowed-code: of the same record\n"
     "  rule:     allowed-code (documented (return value table of each "
     "method&apos;s page))\n"
     "\n"
     "expect-out: of none\n"
     "  expected: a\n"
     "b\n"
     "  actual:   c\n"
     "  rule:     expect-out (scenario)\n"
     "\n"
     "expect-returns: the sixth\n"
     "  rule:     expect-returns (scenario)\n"
     "\n"
     "status-is-fresh: the seventh\n"
     "  rule:     status-is-fresh (interpreted (U41); documented "
     "(determining-writer-status))</failure>\n"
     "    </testcase>\n"
     "    <testcase classname=\"vssim.a.b\" name=\"A title [t.yaml] #2\" "
     "file=\"dir/t.yaml\" line=\"1\">\n"
     "      <error type=\"error\" message=\"broken\">broken</error>\n"
     "    </testcase>\n"
     "  </testsuite>\n"
     "</testsuites>\n"},
    {report_json_open, true,
     "{\"schema\":1,\n"
     "\"scenarios\":[\n"
     "{\"file\":\"dir/t.yaml\",\"title\":\"A "
     "title\",\"topic\":\"a/b\",\"windows\":\"server-2008\","
     "\"subject\":\"reference\",\"tags\":\"x "
     "y\",\"todo\":\"later\",\"verdict\":\"fail\",\"reason\":null,"
     "\"time\":61234,\"findings\":[{\"rule\":\"metadata-is-freed\","
     "\"severity\":\"warning\",\"kind\":\"requester\","
     "\"provenance\":\"documented "
     "(nf-vsbackup-ivssbackupcomponents-freewritermetadata); observed (few "
     "requesters do)\",\"line\":0,\"col\":0,\"seq\":9,\"call\":0,"
     "\"message\":\"a warning\",\"expected\":null,\"actual\":null,"
     "\"demanded\":false,\"known\":false},{\"rule\":\"initialise-once\","
     "\"severity\":\"error\",\"kind\":\"invariant\","
     "\"provenance\":\"interpreted (U02; one object, one "
     "operation)\",\"line\":4,\"col\":9,\"seq\":2,\"call\":0,"
     "\"message\":\"as demanded\",\"expected\":null,\"actual\":null,"
     "\"demanded\":true,\"known\":false},{\"rule\":\"allowed-code\","
     "\"severity\":\"error\",\"kind\":\"invariant\","
     "\"provenance\":\"documented (return value table of each method's "
     "page)\",\"line\":5,\"col\":9,\"seq\":0,\"call\":0,\"message\":\"a "
     "known one\",\"expected\":null,\"actual\":null,\"demanded\":false,"
     "\"known\":true},{\"rule\":\"allowed-code\",\"severity\":\"error\","
     "\"kind\":\"invariant\",\"provenance\":\"documented (return value table "
     "of each method's page)\",\"line\":7,\"col\":9,\"seq\":3,\"call\":1,"
     "\"message\":\"the one\",\"expected\":null,\"actual\":null,"
     "\"demanded\":false,\"known\":false},{\"rule\":\"allowed-code\","
     "\"severity\":\"error\",\"kind\":\"invariant\","
     "\"provenance\":\"documented (return value table of each method's "
     "page)\",\"line\":8,\"col\":9,\"seq\":3,\"call\":0,\"message\":\"of the "
     "same record\",\"expected\":null,\"actual\":null,\"demanded\":false,"
     "\"known\":false},{\"rule\":\"expect-out\",\"severity\":\"error\","
     "\"kind\":\"scenario\",\"provenance\":\"scenario\",\"line\":0,\"col\":0,"
     "\"seq\":0,\"call\":0,\"message\":\"of "
     "none\",\"expected\":\"a\\nb\",\"actual\":\"c\",\"demanded\":false,"
     "\"known\":false},{\"rule\":\"expect-returns\",\"severity\":\"error\","
     "\"kind\":\"scenario\",\"provenance\":\"scenario\",\"line\":0,\"col\":0,"
     "\"seq\":0,\"call\":0,\"message\":\"the "
     "sixth\",\"expected\":null,\"actual\":null,\"demanded\":false,"
     "\"known\":false},{\"rule\":\"status-is-fresh\",\"severity\":\"error\","
     "\"kind\":\"requester\",\"provenance\":\"interpreted (U41); documented "
     "(determining-writer-status)\",\"line\":0,\"col\":0,\"seq\":0,"
     "\"call\":0,\"message\":\"the "
     "seventh\",\"expected\":null,\"actual\":null,\"demanded\":false,"
     "\"known\":false}]},\n"
     "{\"file\":\"dir/t.yaml\",\"title\":\"A "
     "title\",\"topic\":\"a/b\",\"windows\":\"server-2008\","
     "\"subject\":\"reference\",\"tags\":\"x "
     "y\",\"todo\":\"later\",\"verdict\":\"error\",\"reason\":\"broken\","
     "\"time\":61234,\"findings\":[]}\n"
     "],\n"
     "\"totals\":{\"scenarios\":2,\"pass\":0,\"fail\":1,\"not "
     "exercised\":0,\"expected failure\":0,\"skipped\":0,\"error\":1}}\n"},
    {report_eventlog_open, false,
     "Log Name:    Application\n"
     "Source:      VSS\n"
     "Event ID:    8229\n"
     "Level:       Warning\n"
     "Scenario:    dir/t.yaml\n"
     "After:       61.234s\n"
     "Description:\n"
     "two\n"
     "lines \uFFFD\n"
     "\n"
     "Log Name:    Application\n"
     "Source:      SQL\n"
     "Event ID:    12289\n"
     "Level:       Error\n"
     "Scenario:    dir/t.yaml\n"
     "After:       61.234s\n"
     "Description:\n"
     "two\n"
     "lines \uFFFD\n"
     "\n"},
};

/* What the report says; to be freed. */
static char *told(unsigned i)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = reports[i].open(out);
    struct judge judge;
    struct trace t;

    make_trace(&t);
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    judge.n_findings = 0;
    judge.verdict = VERDICT_PASS;
    judge.reason = NULL;
    if (reports[i].bad) {
        make_findings(&judge);
        judge.verdict = VERDICT_FAIL;
    }
    report->scenario(report, &judge);
    judge.verdict = VERDICT_ERROR;
    judge.reason = "broken";
    judge.n_findings = 0;
    if (reports[i].bad) /* a topic and a name that were there before */
        report->scenario(report, &judge);
    cr_assert(report->finish(report));
    fclose(out);
    judge_release(&judge);
    return text;
}

Test(whole, reports_of_one_scenario)
{
    for (unsigned i = 0; i < ARRAY_SIZE(reports); i++) {
        char *text = told(i);

        cr_expect_str_eq(text, reports[i].text, "report %u:\n%s", i, text);
        free(text);
    }
}

/* Nothing is left of a report. */
Test(whole, reports_give_their_memory_back)
{
    for (unsigned i = 0; i < ARRAY_SIZE(reports); i++) {
        struct growth growth = GROWTH_INIT;

        while (growth_goes_on(&growth))
            free(told(i));
        cr_expect(growth_is_none(&growth), "report %u", i);
    }
}
