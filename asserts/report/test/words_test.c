/* words_test.c - records and excerpts as people read them. */
#include <criterion/criterion.h>
#include <string.h>

#include "asserts/report/report.h"
#include "asserts/report/test/says.h"
#include "asserts/report/words.h"
#include "asserts/report/words_text.h"
#include "base/array.h"
#include "base/test/growth.h"

Test(words, tell_time)
{
    static const struct {
        uint64_t ms;
        const char *text;
    } times[] = {{0, "0.000s"},
                 {12000, "12.000s"},
                 {3599999, "3599.999s"},
                 {3600000, "1:00:00.000"},
                 {86400000, "1d 00:00:00.000"},
                 {93784005, "1d 02:03:04.005"}};

    for (unsigned i = 0; i < ARRAY_SIZE(times); i++) {
        struct strbuf text = STRBUF_INIT;

        words_time(&text, times[i].ms);
        cr_expect_str_eq(strbuf_str(&text), times[i].text);
        strbuf_release(&text);
    }
}

Test(words, show_any_text_on_one_line)
{
    static const struct {
        const char *text, *shown;
    } texts[] = {
        {"C:\\db", "\"C:\\db\""},
        {"", "\"\""},
        {"a\nb\t\x1B[31m\x7F", "\"a\\nb\\t\\x1B[31m\\x7F\""},
        {"\xC2\x9B", "\"\\x9B\""},
        {"\xFF\xC3", "\"\uFFFD\uFFFD\""},
        {"\u00E4", "\"\u00E4\""},
        {"\u00C4\r", "\"\u00C4\\r\""},
        {"\u00A0", "\"\u00A0\""}, /* the first that is no control */
    };
    struct strbuf text = STRBUF_INIT;
    char many[301] = "";

    for (unsigned i = 0; i < ARRAY_SIZE(texts); i++) {
        strbuf_reset(&text);
        words_quote(&text, texts[i].text);
        cr_expect_str_eq(strbuf_str(&text), texts[i].shown);
    }
    for (int i = 0; i < 100; i++)
        memcpy(many + 3 * i, "\u20AC", 4);
    strbuf_reset(&text);
    words_quote(&text, many);
    cr_expect_eq(text.len, 2 + 102 + 3, "cut between characters: %s",
                 text.buf);
    strbuf_release(&text);
}

/* What speaks for itself needs no quotes. */
Test(words, quote_what_could_be_taken_for_words)
{
    static const char *const plain[] = {
        "VSS_WS_STABLE", "IVssAsync", "IUnknown",
        "5affb034-969f-4919-8875-88f830d0ef89",
        "{5affb034-969f-4919-8875-88f830d0ef89}"};
    static const char *const quoted[] = {
        "VSS_WS_stable", "IUnknowns", "5affb034",
        "5affb034-969f-4919-8875-88f830d0efgh",
        "{5affb034-969f-4919-8875-88f830d0efgh}"};

    for (unsigned i = 0; i < 5; i++) {
        struct strbuf text = STRBUF_INIT;

        words_value(&text, plain[i]);
        cr_expect_str_eq(strbuf_str(&text), plain[i]);
        strbuf_reset(&text);
        words_value(&text, quoted[i]);
        cr_expect_eq(*strbuf_str(&text), '"', "%s", quoted[i]);
        cr_expect_eq(text.len, strlen(quoted[i]) + 2);
        strbuf_release(&text);
    }
}

static void call(struct trace *t, uint64_t time, uint32_t id, uint32_t object,
                 const char *method)
{
    trace_begin(t, TRACE_CALL, time, 1, id, object);
    trace_str(t, KEY_METHOD, method);
    trace_str(t, KEY_STATE, "0a");
    trace_str(t, KEY_PHASE, "metadata");
}

static void create(struct trace *t, uint32_t object, const char *iface)
{
    trace_begin(t, TRACE_CREATE, 0, 1, 1, object);
    trace_str(t, KEY_IFACE, iface);
    trace_end(t);
}

static void sample(struct trace *t)
{
    trace_init(t, buffer, sizeof(buffer), NULL);
    create(t, 1, "IVssBackupComponents");
    create(t, 2, "IVssAsync");
    call(t, 0, 7, 1, "PreRestore");
    trace_param(t, TRACE_IN, "ppAsync", TRACE_NULL, 0, NULL);
    trace_end(t);
    trace_begin(t, TRACE_RETURN, 0, 1, 7, 1);
    trace_hr(t, KEY_HR, 0);
    trace_param(t, TRACE_OUT, "ppAsync", TRACE_OBJ, 2, NULL);
    trace_str(t, KEY_PHASE, "pre-pending");
    trace_str(t, KEY_STATE, "0b");
    trace_end(t);
    trace_begin(t, TRACE_EXPECT, 0, 1, 7, 0);
    trace_str(t, KEY_WHAT, "returns");
    trace_end(t);
    call(t, 0, 8, 2, "Wait");
    trace_param(t, TRACE_IN, "dwMilliseconds", TRACE_INT, UINT32_MAX, NULL);
    trace_end(t);
    trace_begin(t, TRACE_EVENT_END, 86400000, 1, 8, 0);
    trace_str(t, KEY_WRITER, "sql");
    trace_str(t, KEY_EVENT, "PreRestore");
    trace_str(t, KEY_OUTCOME, "false");
    trace_hr(t, KEY_HR, (int32_t)0x800423F4);
    trace_str(t, KEY_MESSAGE, "in use");
    trace_end(t);
    trace_begin(t, TRACE_RETURN, 86400000, 1, 8, 2);
    trace_hr(t, KEY_HR, (int32_t)0x80042301);
    trace_param(t, TRACE_OUT, "p", TRACE_UNTOUCHED, 0, NULL);
    trace_str(t, KEY_STATE, "0c");
    trace_end(t);
}

Test(words, say_what_happened_in_columns)
{
    struct strbuf text = STRBUF_INIT;
    struct trace t;

    sample(&t);
    words_trace(&text, t.base, *t.used);
    cr_assert_str_eq(
        strbuf_str(&text),
        "         0.000s        new: backup components #1\n"
        "         0.000s        new: async #2\n"
        "         0.000s  #7  PreRestore(ppAsync=NULL) on backup components "
        "#1\n"
        "         0.000s  #7  PreRestore -> S_OK, ppAsync=async #2  [phase "
        "metadata -> pre-pending]\n"
        "         0.000s        expected: returns\n"
        "         0.000s  #8  Wait(dwMilliseconds=INFINITE) on async #2\n"
        "1d 00:00:00.000        sql: vetoes PreRestore, "
        "VSS_E_WRITERERROR_NONRETRYABLE, \"in use\"\n"
        "1d 00:00:00.000  #8  Wait -> VSS_E_BAD_STATE, p=(untouched)  [state "
        "changed]\n");
    strbuf_release(&text);
}

Test(words, an_excerpt_marks_its_record)
{
    static const struct {
        uint32_t seq;
        unsigned around;
        const char *marks;
    } excerpts[] = {{4, 1, " > "},      {1, 2, ">  "}, {8, 2, "  >"},
                    {6, 1, " > "},      {5, 1, " > "}, {3, 0, ">"},
                    {4, 99, "   >   "}, {0, 3, ""},    {99, 3, ""}};
    struct judge judge;
    struct trace t;

    sample(&t);
    judge_init(&judge);
    judge_trace(&judge, t.base, *t.used);
    for (unsigned i = 0; i < ARRAY_SIZE(excerpts); i++) {
        struct strbuf text = STRBUF_INIT;
        char marks[16] = "";
        size_t n = 0;

        report_excerpt(&text, &judge, excerpts[i].seq, excerpts[i].around);
        for (const char *at = strbuf_str(&text); *at && n < 15;
             at = strchr(at, '\n') + 1)
            marks[n++] = *at;
        cr_expect_str_eq(marks, excerpts[i].marks, "%u: %s", excerpts[i].seq,
                         strbuf_str(&text));
        strbuf_release(&text);
    }
    judge_release(&judge);
}

Test(words, every_kind_says_something)
{
    for (int kind = 0; kind < TRACE_KIND_COUNT; kind++) {
        struct strbuf text = STRBUF_INIT;
        struct trace t;

        trace_init(&t, buffer, sizeof(buffer), NULL);
        trace_begin(&t, (enum trace_kind)kind, 0, 1, 0, 0);
        trace_end(&t);
        report_record(&text, trace_first(t.base, *t.used));
        cr_expect_gt(strlen(strbuf_str(&text)), 15, "%s: %s",
                     trace_kind_name((enum trace_kind)kind),
                     strbuf_str(&text));
        strbuf_release(&text);
    }
}

Test(words, say_what_is_rarely_there)
{
    struct trace t;

    begin(&t, TRACE_HEADER); /* of mode system */
    trace_str(&t, KEY_FILE, "probe.exe");
    trace_str(&t, KEY_SUBJECT, "vssapi.dll");
    trace_str(&t, KEY_MACHINE, "LAB7");
    trace_str(&t, KEY_PROVENANCE, "Windows");
    says(&t, "probe.exe, subject vssapi.dll (LAB7, Windows)");
    begin(&t, TRACE_PROBLEM);
    trace_str(&t, KEY_FILE, "t.yaml");
    trace_int(&t, KEY_LINE, 3);
    trace_int(&t, KEY_COL, 9);
    trace_str(&t, KEY_TEXT, "no such step");
    says(&t, "t.yaml:3:9: no such step");
    begin(&t, TRACE_CALL);
    trace_str(&t, KEY_METHOD, "Any");
    trace_param(&t, TRACE_IN, "n", TRACE_INT, UINT32_MAX, NULL);
    says(&t, "Any(n=4294967295)");                /* only a time is INFINITE */
    begin(&t, (enum trace_kind)TRACE_KIND_COUNT); /* of a damaged trace */
    says(&t, "");
}

/* Nothing is left of words. */
Test(words, give_their_memory_back)
{
    struct growth growth = GROWTH_INIT;
    struct trace t;

    sample(&t);
    while (growth_goes_on(&growth)) {
        struct strbuf text = STRBUF_INIT;

        words_trace(&text, t.base, *t.used);
        strbuf_release(&text);
    }
    cr_expect(growth_is_none(&growth));
}

/* Numbers that no trace of ours reaches make no table of their size. */
Test(words, keep_no_table_for_hostile_numbers)
{
    static const uint32_t numbers[] = {0, 1000001, UINT32_MAX};
    struct words w;
    struct trace t;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    for (unsigned i = 0; i < 3; i++) {
        create(&t, numbers[i], "IVssAsync");
        call(&t, 0, numbers[i], 1, "Wait");
        trace_end(&t);
    }
    words_init(&w, t.base, *t.used);
    cr_expect_eq(w.n_calls, 1);
    cr_expect_eq(w.n_ifaces, 1);
    cr_expect_null(w.calls[0]);
    cr_expect_null(w.ifaces[0]);
    words_release(&w);
    create(&t, 1000000, "IVssAsync");
    call(&t, 0, 1000000, 1, "Wait");
    trace_end(&t);
    words_init(&w, t.base, *t.used);
    cr_expect_eq(w.n_ifaces, 1000001);
    cr_expect_eq(w.n_calls, 1000001);
    words_release(&w);
}
