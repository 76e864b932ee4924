/* junit_test.c - the machine-readable reports, with text that is hostile. */
#include <criterion/criterion.h>
#include <expat.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"
#include "base/test/growth.h"

#define HOSTILE \
    "]]>&<a b='c'>\"\x01\x08\x1B[0m\xFF\xC0\x80\xED\xA0\x80\xEF\xBF\xBF\r\n\t x"

static char buffer[1 << 16] __attribute__((aligned(8)));

/* A judged trace with one finding, its verdict as told. */
static void judge_one(struct judge *j, const char *text, enum verdict verdict,
                      const char *todo)
{
    struct trace t;
    struct finding *f;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(&t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(&t, KEY_FILE, text);
    trace_str(&t, KEY_SCENARIO, text);
    trace_str(&t, KEY_TOPIC, text);
    if (todo)
        trace_str(&t, KEY_TODO, todo);
    trace_end(&t);
    trace_begin(&t, TRACE_LOG, 5, 1, 0, 0);
    trace_str(&t, KEY_TEXT, text);
    trace_end(&t);
    judge_trace(j, t.base, *t.used);
    j->n_findings = 0;
    j->verdict = verdict;
    j->reason = verdict == VERDICT_PASS ? NULL : text;
    if (verdict == VERDICT_PASS || verdict == VERDICT_SKIPPED)
        return;
    f = found(j, (enum rule_id)0, NULL,
              trace_next(t.base, *t.used, trace_first(t.base, *t.used)), "%s",
              text);
    finding_values(j, f, text, text);
    f->line = 3;
}

/* Every verdict, with friendly and with hostile text, twice. */
static char *report(struct report *(*open)(FILE *), size_t *size)
{
    static const char *const texts[] = {"prerestore/args", HOSTILE, ""};
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    struct report *report = open(out);
    struct judge judge;

    judge_init(&judge);
    for (int i = 0; i < 2 * 3 * N_VERDICTS; i++) {
        enum verdict v = (enum verdict)(i % N_VERDICTS);

        judge_one(&judge, texts[i / N_VERDICTS % 3], v,
                  v == VERDICT_EXPECTED_FAILURE ? HOSTILE : NULL);
        report->scenario(report, &judge);
    }
    judge_release(&judge);
    cr_assert(report->finish(report));
    fclose(out);
    return text;
}

/* --- JUnit --- */

struct seen {
    unsigned suites, cases, failures, errors, skipped, outs;
    char text[8192];
    size_t length;
};

static void XMLCALL start(void *data, const char *name, const char **attrs)
{
    struct seen *s = data;

    s->suites += strcmp(name, "testsuite") == 0;
    s->cases += strcmp(name, "testcase") == 0;
    s->failures += strcmp(name, "failure") == 0;
    s->errors += strcmp(name, "error") == 0;
    s->skipped += strcmp(name, "skipped") == 0;
    s->outs += strcmp(name, "system-out") == 0;
    s->length = 0;
    for (; *attrs; attrs += 2)
        if (strcmp(attrs[0], "message") == 0 && s->cases <= 2)
            cr_expect_str_eq(attrs[1], "prerestore/args");
}

static void XMLCALL characters(void *data, const char *text, int size)
{
    struct seen *s = data;

    if (s->length + (size_t)size < sizeof(s->text)) {
        memcpy(s->text + s->length, text, (size_t)size);
        s->length += (size_t)size;
        s->text[s->length] = '\0';
    }
}

static void XMLCALL end(void *data, const char *name)
{
    struct seen *s = data;

    if (strcmp(name, "failure") == 0 && s->failures == 1) {
        cr_expect_not_null(strstr(s->text, "prerestore/args:3:"));
        cr_expect_not_null(strstr(s->text, "expected: prerestore/args"));
        cr_expect_not_null(strstr(s->text, "actual:   prerestore/args"));
        cr_expect_not_null(strstr(s->text, "\n>    0.005s"), "%s", s->text);
    }
}

Test(junit, is_well_formed_whatever_the_text_is)
{
    size_t size;
    char *text = report(report_junit_open, &size);
    XML_Parser parser = XML_ParserCreate(NULL);
    struct seen seen = {0};

    XML_SetUserData(parser, &seen);
    XML_SetElementHandler(parser, start, end);
    XML_SetCharacterDataHandler(parser, characters);
    cr_assert_eq(XML_Parse(parser, text, (int)size, 1), XML_STATUS_OK,
                 "%s at line %lu:\n%s",
                 XML_ErrorString(XML_GetErrorCode(parser)),
                 XML_GetCurrentLineNumber(parser), text);
    XML_ParserFree(parser);
    cr_expect_eq(seen.suites, 3);
    cr_expect_eq(seen.cases, 36);
    cr_expect_eq(seen.failures, 12, "fail and not exercised");
    cr_expect_eq(seen.errors, 6);
    cr_expect_eq(seen.skipped, 12, "skipped and expected failures");
    cr_expect_eq(seen.outs, 6, "of expected failures");
    cr_expect_not_null(strstr(text,
                              "<testsuites name=\"vssim\" tests=\"36\" "
                              "failures=\"12\" errors=\"6\" skipped=\"12\">"));
    cr_expect_not_null(strstr(text, "classname=\"vssim.prerestore.args\" "
                                    "name=\"prerestore/args [args] #2\" "
                                    "file=\"prerestore/args\" line=\"3\""));
    cr_expect_not_null(strstr(text, "name=\"prerestore/args [args] #12\""));
    cr_expect_null(strstr(text, "#2 #"));
    free(text);
}

Test(junit, validates_against_our_schema)
{
    char name[] = "/tmp/vssim-junit-XXXXXX";
    char command[256];
    size_t size;
    char *text;
    FILE *file;
    int fd;

    if (system("command -v xmllint >/dev/null") != 0)
        cr_skip_test("no xmllint here");
    text = report(report_junit_open, &size);
    fd = mkstemp(name);
    cr_assert_geq(fd, 0);
    file = fdopen(fd, "w");
    fwrite(text, 1, size, file);
    fclose(file);
    snprintf(command, sizeof(command),
             "xmllint --noout --schema ci/check/junit.xsd %s 2>&1", name);
    cr_expect_eq(system(command), 0);
    remove(name);
    free(text);
}

Test(junit, an_empty_run_is_a_report_too)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_junit_open(out);

    cr_assert(report->finish(report));
    fclose(out);
    cr_expect_not_null(strstr(text, "tests=\"0\""));
    free(text);
}

static struct report *open_tty(FILE *out)
{
    static const struct tty_options options;

    return report_tty_open(out, &options);
}

Test(junit, a_full_disk_is_noticed)
{
    struct report *(*const opens[])(FILE *) = {
        report_junit_open, report_json_open, report_eventlog_open,
        open_tty};
    struct judge judge;

    judge_init(&judge);
    judge_one(&judge, "x", VERDICT_PASS, NULL);
    for (unsigned i = 0; i < 2 * 4; i++) {
        FILE *full = fopen("/dev/full", "w");
        struct report *report;

        cr_assert_not_null(full);
        if (i % 2) /* it is noticed before the report is finished */
            setvbuf(full, NULL, _IONBF, 0);
        report = opens[i / 2](full);
        report->scenario(report, &judge);
        cr_expect(!report->finish(report), "report %u", i);
        fclose(full);
    }
    judge_release(&judge);
}

static char *junit_of(struct judge *judge)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_junit_open(out);

    report->scenario(report, judge);
    cr_assert(report->finish(report));
    fclose(out);
    return text;
}

/* As in whole_test.c: nothing is left of a report. */
Test(junit, gives_its_memory_back)
{
    struct growth growth = GROWTH_INIT;

    while (growth_goes_on(&growth)) {
        struct judge judge;

        judge_init(&judge);
        judge_one(&judge, "x", VERDICT_SKIPPED, NULL);
        free(junit_of(&judge));
        judge_release(&judge);
    }
    cr_expect(growth_is_none(&growth));
}

/* What a baseline knows is not what a scenario fails by. */
Test(junit, tells_the_finding_that_is_new)
{
    struct judge judge;
    char *text;

    judge_init(&judge);
    judge_one(&judge, "a\\b/c", VERDICT_FAIL, NULL);
    judge.findings[0].known = true;
    found(&judge, (enum rule_id)1, NULL, NULL, "the new one");
    text = junit_of(&judge);
    cr_expect_not_null(strstr(text, "message=\"the new one\""), "%s", text);
    cr_expect_not_null(strstr(text, rules[0].id), "the known one is told");
    cr_expect_not_null(strstr(text, "<testsuite name=\"vssim.a.b.c\""));
    free(text);
    judge_release(&judge);
}

Test(junit, may_have_nothing_to_say)
{
    struct judge judge;
    char *text;

    judge_init(&judge);
    judge_one(&judge, "", VERDICT_NOT_EXERCISED, NULL);
    judge.n_findings = 0;
    text = junit_of(&judge);
    cr_expect_not_null(strstr(text, "<failure type=\"not-exercised\" "
                                    "message=\"\"></failure>"),
                       "%s", text);
    free(text);
    judge_release(&judge);
}

/* A finding without a line is one of the first. */
Test(junit, has_a_line_for_each_case)
{
    static const int lines[][2] = {{0, 1}, {1, 1}, {2, 2}};
    struct judge judge;

    judge_init(&judge);
    for (unsigned i = 0; i < 3; i++) {
        char expected[16], *text;

        judge_one(&judge, "x", VERDICT_FAIL, NULL);
        judge.findings[0].line = lines[i][0];
        text = junit_of(&judge);
        snprintf(expected, sizeof(expected), " line=\"%d\"", lines[i][1]);
        cr_expect_not_null(strstr(text, expected), "%s", text);
        free(text);
    }
    judge_release(&judge);
}

/* What an entry does not say of itself. */
Test(eventlog, of_an_entry_without_a_number)
{
    struct judge judge;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = report_eventlog_open(out);

    judge_init(&judge);
    judge_one(&judge, "x", VERDICT_PASS, NULL);
    report->scenario(report, &judge);
    cr_assert(report->finish(report));
    fclose(out);
    cr_expect_str_eq(text, "Log Name:    Application\n"
                           "Source:      VSS\n"
                           "Event ID:    0\n"
                           "Level:       Error\n"
                           "Scenario:    x\n"
                           "After:       0.005s\n"
                           "Description:\nx\n\n");
    free(text);
    judge_release(&judge);
}

/* --- JSON --- */

Test(json, can_be_read_back)
{
    size_t size;
    char *text = report(report_json_open, &size);
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    json_t *scenario, *finding;

    cr_assert_not_null(root, "%s: %s", error.text, text);
    cr_expect_eq(json_integer_value(json_object_get(root, "schema")), 1);
    cr_expect_eq(json_array_size(json_object_get(root, "scenarios")), 36);
    scenario =
        json_array_get(json_object_get(root, "scenarios"), VERDICT_FAIL);
    cr_expect_str_eq(json_string_value(json_object_get(scenario, "verdict")),
                     "fail");
    cr_expect_str_eq(json_string_value(json_object_get(scenario, "title")),
                     "prerestore/args");
    cr_expect_eq(json_integer_value(json_object_get(scenario, "time")), 5);
    cr_expect(json_is_null(json_object_get(scenario, "todo")));
    finding = json_array_get(json_object_get(scenario, "findings"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(finding, "rule")),
                     rules[0].id);
    cr_expect_eq(json_integer_value(json_object_get(finding, "seq")), 2);
    cr_expect_eq(json_integer_value(json_object_get(finding, "line")), 3);
    cr_expect_str_eq(json_string_value(json_object_get(finding, "actual")),
                     "prerestore/args");
    cr_expect_eq(json_integer_value(json_object_get(
                     json_object_get(root, "totals"), "not exercised")),
                 6);
    json_decref(root);
    free(text);
}
