/* trace_json_test.c - saved traces: written, read again, refused. */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/judge.h"
#include "asserts/trace/trace_json.h"
#include "base/array.h"

#define HEADER \
    "{\"seq\":1,\"time\":0,\"thread\":0,\"kind\":\"header\",\"schema\":1," \
    "\"file\":\"a.yaml\",\"scenario\":\"s\",\"topic\":\"t\"}\n"
#define END "{\"seq\":2,\"time\":0,\"thread\":0,\"kind\":\"end\"}\n"
#define CALL(rest) \
    "{\"seq\":2,\"time\":5,\"thread\":1,\"kind\":\"call\"," \
    "\"call\":1," rest "}\n"

static char buffer[1 << 16] __attribute__((aligned(8)));

static void sample(struct trace *t)
{
    trace_init(t, buffer, sizeof(buffer), NULL);
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(t, KEY_FILE, "x/\xC3\xA4.yaml");
    trace_str(t, KEY_SCENARIO, NULL);
    trace_int(t, KEY_SEED, INT64_MIN);
    trace_end(t);
    trace_begin(t, TRACE_CALL, 86400000, 1, 7, 3);
    trace_str(t, KEY_METHOD, "Quo\"te\\\n\x01");
    trace_param(t, TRACE_IN, "int", TRACE_INT, INT64_MAX, NULL);
    trace_param(t, TRACE_IN, "null", TRACE_NULL, 0, NULL);
    trace_param(t, TRACE_IN, "text", TRACE_STR, 0, "");
    trace_param(t, TRACE_IN, "word", TRACE_STR, 0, "null");
    trace_end(t);
    trace_begin(t, TRACE_RETURN, 86400000, 1, 7, 3);
    trace_hr(t, KEY_HR, 0);
    trace_hr(t, KEY_APPLICATION, 1834);
    trace_param(t, TRACE_OUT, "known", TRACE_HR, (int32_t)0x80042301, NULL);
    trace_param(t, TRACE_OUT, "other", TRACE_HR, (int32_t)0x8BADF00D, NULL);
    trace_param(t, TRACE_OUT, "yes", TRACE_BOOL, 1, NULL);
    trace_param(t, TRACE_OUT, "no", TRACE_BOOL, 0, NULL);
    trace_param(t, TRACE_OUT, "object", TRACE_OBJ, 4, NULL);
    trace_param(t, TRACE_OUT, "hr", TRACE_STR, 0, "S_OK");
    trace_param(t, TRACE_OUT, "in", TRACE_UNTOUCHED, 0, NULL);
    trace_end(t);
}

static char *written(const char *base, uint64_t used)
{
    struct strbuf text = STRBUF_INIT;
    const struct trace_rec *rec = trace_first(base, used);

    for (; rec; rec = trace_next(base, used, rec))
        trace_json_record(&text, rec);
    return text.buf;
}

static FILE *as_file(const char *text, size_t size)
{
    FILE *file = tmpfile();

    cr_assert_not_null(file);
    cr_assert_eq(fwrite(text, 1, size, file), size);
    rewind(file);
    return file;
}

static void open_text(struct trace_reader *r, const char *text)
{
    trace_reader_init(r, as_file(text, strlen(text)), "in.jsonl");
}

static void close_text(struct trace_reader *r)
{
    fclose(r->in);
    trace_reader_release(r);
}

Test(trace_json, keeps_every_type_byte_for_byte)
{
    struct trace_reader r;
    struct trace t;
    const struct trace_rec *a, *b;
    char *first, *second;

    sample(&t);
    first = written(t.base, *t.used);
    cr_assert_not_null(strstr(first, "\"seed\":-9223372036854775808"));
    cr_assert_not_null(strstr(first, "\"in\":{\"int\":9223372036854775807,"
                                     "\"null\":null,\"text\":\"\","
                                     "\"word\":\"null\"}"));
    cr_assert_not_null(
        strstr(first, "\"hr\":\"S_OK\",\"application\":\"0x0000072A\","
                      "\"out\":{\"known\":{\"hr\":"
                      "\"VSS_E_BAD_STATE\"},\"other\":{\"hr\":\"0x8BADF00D\"},"
                      "\"yes\":true,\"no\":false,\"object\":{\"object\":4},"
                      "\"hr\":\"S_OK\",\"in\":{\"untouched\":true}}"),
        "%s", first);
    open_text(&r, first);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE, "%s",
                 strbuf_str(&r.problem));
    second = written(r.trace.base, *r.trace.used);
    cr_assert_str_eq(first, second);
    /* Not only the text: every field has the type and value it had. */
    a = trace_first(t.base, *t.used);
    b = trace_first(r.trace.base, *r.trace.used);
    for (; a && b; a = trace_next(t.base, *t.used, a),
                   b = trace_next(r.trace.base, *r.trace.used, b)) {
        cr_assert_eq(a->size, b->size);
        cr_assert_eq(memcmp(a, b, a->size), 0, "record %u", a->seq);
    }
    cr_assert(!a && !b);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_END);
    close_text(&r);
    free(first);
    free(second);
}

Test(trace_json, writes_each_record)
{
    char *first, *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct trace t;

    sample(&t);
    first = written(t.base, *t.used);
    cr_assert(trace_json_write(out, t.base, *t.used));
    fclose(out);
    cr_expect_str_eq(text, first);
    free(first);
    free(text);
}

Test(trace_json, makes_text_valid_and_takes_the_first_of_two)
{
    struct trace_reader r;
    struct trace t;
    char *text;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(&t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_int(&t, KEY_SCHEMA, 2);
    trace_str(&t, KEY_FILE,
              "a\xFF"
              "b\xED\xA0\x80");
    trace_param(&t, TRACE_IN, "p\xC0", TRACE_STR, 0, "\x80");
    trace_end(&t);
    text = written(t.base, *t.used);
    open_text(&r, text);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE, "%s: %s",
                 strbuf_str(&r.problem), text);
    cr_assert_str_eq(
        trace_get_str(trace_first(r.trace.base, *r.trace.used), KEY_FILE, ""),
        "a\uFFFD"
        "b\uFFFD\uFFFD\uFFFD");
    close_text(&r);
    free(text);
}

Test(trace_json, names_of_keys_are_free_for_what_every_record_has)
{
    static const char *const taken[] = {"seq",    "time", "thread", "kind",
                                        "call", "object", "in",     "out"};

    for (unsigned i = 0; i < ARRAY_SIZE(taken); i++)
        cr_expect_eq(trace_key_of(taken[i]), -1, "%s", taken[i]);
}

Test(trace_json, several_traces_in_one_file_and_those_before_a_mistake_stay)
{
    struct trace_reader r;

    open_text(&r, HEADER END "\r\n" HEADER HEADER END "\n" CALL("\"x\":1"));
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE);
    cr_assert_not_null(trace_next(r.trace.base, *r.trace.used,
                                  trace_first(r.trace.base, *r.trace.used)));
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_assert_str_eq(strbuf_str(&r.problem),
                     "in.jsonl:8: no key \"x\": vssim-trace(5) lists those "
                     "allowed");
    cr_assert_not_null(trace_first(r.trace.base, *r.trace.used),
                       "what came before can be shown");
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD, "and it stays so");
    close_text(&r);
    open_text(&r, HEADER CALL("\"x\":1") HEADER END HEADER END);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD, "whatever follows");
    close_text(&r);
    /* The least and the greatest number of an object. */
    open_text(&r, HEADER CALL("\"object\":4294967295,\"out\":{\"a\":"
                              "{\"object\":0},\"b\":{\"object\":"
                              "4294967295}}"));
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE, "%s",
                 strbuf_str(&r.problem));
    close_text(&r);
}

/* As much of a name as a message has room for. */
#define LONG_KEY \
    "123456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *text, *problem;
} mistakes[] = {
    {"", "in.jsonl:1: no trace: one JSON object a line is allowed"},
    {"\n\n", "no trace"},
    {"vssim: 1\n", "in.jsonl:1: not JSON ("},
    {"[]\n", "no record: one JSON object a line is allowed"},
    {"3\n", "not JSON ("},
    {HEADER "{\"seq\":2,\"time\"", "in.jsonl:2: the last line is cut off"},
    {"{\"seq\":1,\"seq\":2}\n", "duplicate object key"},
    {END, "no header: a trace begins with"},
    {"{\"seq\":1,\"time\":0,\"thread\":0,\"kind\":\"header\"}\n",
     "\"schema\": the number 1 is required in a header"},
    {"{\"seq\":1,\"time\":0,\"thread\":0,\"kind\":\"header\",\"schema\":2}\n",
     "schema 2: this vssim reads schema 1"},
    {HEADER "{\"seq\":2}\n", "\"kind\": the name of a record is required"},
    {HEADER "{\"kind\":7}\n", "\"kind\": the name of a record is required"},
    {HEADER "{\"kind\":\"cal\\u0007\"}\n", "no kind of record \"cal?\""},
    {HEADER "{\"kind\":\"end\",\"seq\":\"2\"}\n",
     "\"seq\": a number from 1 to 4294967295 is allowed"},
    {HEADER "{\"kind\":\"end\"}\n", "4294967295 is required"},
    {HEADER "{\"kind\":\"end\",\"seq\":2,\"time\":-1}\n",
     "\"time\": a number"},
    {HEADER "{\"kind\":\"end\",\"seq\":2,\"time\":1.5}\n",
     "\"time\": a number"},
    {HEADER CALL("\"object\":4294967296"), "\"object\": a number from 1"},
    {HEADER CALL("\"line\":\"3\""), "\"line\": an integer is allowed"},
    {HEADER CALL("\"schema\":\"1\""), "\"schema\": an integer is allowed"},
    {HEADER CALL("\"method\":[]"), "\"method\": text is allowed"},
    {HEADER CALL("\"method\":\"a\\u0000b\""), "not JSON ("},
    {HEADER CALL("\"a\\u007f\":1"), "no key \"a?\""},
    {HEADER CALL("\"" LONG_KEY "x\":1"), "no key \"" LONG_KEY "\": vssim"},
    {HEADER "{\"seq\":2,\"time\":0,\"thread\":1,\"kind\":\"call\","
            "\"call\":0}\n",
     "\"call\": a number from 1"},
    {HEADER CALL("\"hr\":\"0x80042\""), "\"hr\": the name of an HRESULT"},
    {HEADER CALL("\"hr\":\"1280042301\""), "\"hr\": the name of an HRESULT"},
    {HEADER CALL("\"hr\":0"), "\"hr\": the name of an HRESULT"},
    {HEADER CALL("\"hr\":\"S_Ok\""), "\"hr\": the name of an HRESULT"},
    {HEADER CALL("\"hr\":\"0x8004 301\""), "\"hr\": the name of an HRESULT"},
    {HEADER CALL("\"in\":[1]"), "\"in\": an object of parameters"},
    {HEADER CALL("\"in\":{\"a\":[]}"), "parameter \"a\": an integer, true"},
    {HEADER CALL("\"in\":{\"a\":1.0}"), "parameter \"a\": an integer, true"},
    {HEADER CALL("\"in\":{\"a\":{}}"), "parameter \"a\": {\"hr\": NAME"},
    {HEADER CALL("\"in\":{\"a\":{\"object\":1,\"hr\":\"S_OK\"}}"),
     "parameter \"a\": {\"hr\": NAME"},
    {HEADER CALL("\"in\":{\"a\":{\"untouched\":true}}"),
     "parameter \"a\": {\"hr\": NAME"},
    {HEADER CALL("\"out\":{\"a\":{\"untouched\":false}}"),
     "parameter \"a\": {\"hr\": NAME"},
};

Test(trace_json, says_what_is_wrong_and_what_was_allowed)
{
    for (unsigned i = 0; i < ARRAY_SIZE(mistakes); i++) {
        struct trace_reader r;
        enum trace_read got;

        open_text(&r, mistakes[i].text);
        while ((got = trace_reader_next(&r)) == TRACE_READ_TRACE)
            ;
        cr_expect_eq(got, TRACE_READ_BAD, "%s", mistakes[i].text);
        cr_expect_not_null(strstr(strbuf_str(&r.problem), mistakes[i].problem),
                           "%s gives %s", mistakes[i].text,
                           strbuf_str(&r.problem));
        close_text(&r);
    }
}

Test(trace_json, a_line_without_end_does_not_fill_the_memory)
{
    struct trace_reader r;
    FILE *zeros = fopen("/dev/zero", "r");

    cr_assert_not_null(zeros);
    trace_reader_init(&r, zeros, "zero");
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_assert_not_null(strstr(strbuf_str(&r.problem),
                              "line is too long: up to 4 MB are allowed"));
    close_text(&r);
}

Test(trace_json, the_densest_line_fits)
{
    struct strbuf text = STRBUF_INIT;
    struct trace_reader r;
    struct trace_field f;
    const struct trace_rec *rec;

    strbuf_adds(&text, HEADER "{\"seq\":2,\"time\":0,\"thread\":0,"
                              "\"kind\":\"call\",\"in\":{");
    for (int i = 0; i < 1000; i++)
        strbuf_addf(&text, "%s\"%x\":1", i ? "," : "", i);
    strbuf_adds(&text, "}}\n");
    open_text(&r, text.buf);
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_TRACE, "%s",
                 strbuf_str(&r.problem));
    rec = trace_first(r.trace.base, *r.trace.used);
    rec = trace_next(r.trace.base, *r.trace.used, rec);
    cr_assert_eq(rec->n_fields, 1000);
    cr_assert(trace_find_param(rec, TRACE_IN, "3e7", &f));
    close_text(&r);
    /* One parameter more is one too many. */
    text.len -= 3;
    strbuf_adds(&text, ",\"x\":1}}\n");
    open_text(&r, text.buf);
    cr_expect_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_expect_str_eq(strbuf_str(&r.problem),
                     "in.jsonl:2: \"in\": up to 1000 parameters are allowed");
    close_text(&r);
    strbuf_release(&text);
}

/* A trace grows up to its limit, and what does not fit is told. */
Test(trace_json, a_trace_has_a_limit)
{
    struct strbuf text = STRBUF_INIT;
    struct trace_reader r;

    strbuf_adds(&text, HEADER);
    for (int i = 0; i < 1000; i++)
        strbuf_adds(&text, CALL("\"method\":\"PreRestore\""));
    open_text(&r, text.buf);
    r.most = 32768;
    cr_assert_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_expect_str_eq(strstr(strbuf_str(&r.problem), "the trace"),
                     "the trace is too long: up to 0 MB are allowed");
    cr_expect_gt(*r.trace.used, 30000, "the limit is used: %llu",
                 (unsigned long long)*r.trace.used);
    cr_expect_eq(r.trace.size, 32768);
    close_text(&r);
    open_text(&r, text.buf);
    cr_expect_eq(r.most, TRACE_JSON_SIZE);
    cr_expect_eq(trace_reader_next(&r), TRACE_READ_TRACE);
    cr_expect_lt(r.trace.size, 4 * *r.trace.used, "no more than is of use");
    close_text(&r);
    /* The limit is told. */
    while (text.len < 2 << 20)
        strbuf_adds(&text, CALL("\"method\":\"PreRestore\""));
    open_text(&r, text.buf);
    r.most = 1 << 20;
    cr_expect_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_expect(strstr(strbuf_str(&r.problem), "up to 1 MB are allowed"));
    close_text(&r);
    strbuf_release(&text);
}

/* A header, then a file that can no longer be read. */
static ssize_t read_some(void *begun, char *room, size_t size)
{
    if (*(bool *)begun) {
        errno = EIO;
        return -1;
    }
    *(bool *)begun = true;
    cr_assert_geq(size, strlen(HEADER));
    memcpy(room, HEADER, strlen(HEADER));
    return (ssize_t)strlen(HEADER);
}

Test(trace_json, a_file_that_cannot_be_read_further)
{
    bool begun = false;
    struct trace_reader r;

    trace_reader_init(
        &r,
        fopencookie(&begun, "r", (cookie_io_functions_t){.read = read_some}),
        "in");
    cr_expect_eq(trace_reader_next(&r), TRACE_READ_BAD);
    cr_expect_str_eq(strbuf_str(&r.problem),
                     "in:2: cannot read: Input/output error");
    close_text(&r);
}

/* Whatever happens to a file, it is read or refused, and can be judged. */
static void survive(const char *text, size_t size, struct judge *judge)
{
    struct trace_reader r;
    enum trace_read got;

    trace_reader_init(&r, as_file(text, size), "in");
    while ((got = trace_reader_next(&r)) == TRACE_READ_TRACE)
        judge_trace(judge, r.trace.base, *r.trace.used);
    cr_assert_eq(got == TRACE_READ_BAD, r.problem.len > 0);
    close_text(&r);
}

Test(trace_json, survives_cut_and_changed_files)
{
    static const char bytes[] = "\"{}0,\n\xFF";
    struct judge judge;
    struct trace t;
    char *text;
    size_t size;

    sample(&t);
    text = written(t.base, *t.used);
    size = strlen(text);
    judge_init(&judge);
    for (size_t i = 0; i < size; i++) {
        char was = text[i];

        survive(text, i, &judge);
        text[i] = bytes[i % (sizeof(bytes) - 1)];
        survive(text, size, &judge);
        text[i] = was;
    }
    judge_release(&judge);
    free(text);
}
