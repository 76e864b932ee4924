/*
 * report_fuzz.c - libFuzzer on what reads and writes traces and reports: any
 * bytes as a saved trace. What is read of it is judged and reported; the JUnit
 * report must be well-formed XML, the JSON report and the trace written anew
 * JSON, and that trace must read back as the same.
 */
#include <expat.h>
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"
#include "asserts/trace/trace_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool good, const char *what, const char *text)
{
    if (good)
        return;
    fprintf(stderr, "%s:\n%s\n", what, text);
    abort();
}

static void check_xml(const char *text, size_t size)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");

    demand(XML_Parse(parser, text, (int)size, 1) == XML_STATUS_OK, "no XML",
           text);
    XML_ParserFree(parser);
}

static void check_json(const char *text, size_t size)
{
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);

    demand(root != NULL, "no JSON", text);
    json_decref(root);
}

static struct report *open_quiet(FILE *out)
{
    const struct tty_options options = {.verbosity = 2};

    return report_tty_open(out, &options);
}

static void write_report(const struct judge *judge,
                         struct report *(*open)(FILE *),
                         void (*check)(const char *, size_t))
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct report *report = open(out);

    report->scenario(report, judge);
    demand(report->finish(report), "not written", "");
    fclose(out);
    if (check)
        check(text, size);
    free(text);
}

/* Written, read and written again it is the same text. */
static void check_trace(const struct trace *trace)
{
    char *once = NULL, *twice = NULL;
    size_t size, again;
    FILE *out = open_memstream(&once, &size);
    struct trace_reader reader;
    FILE *in;

    demand(trace_json_write(out, trace->base, *trace->used), "write", "");
    fclose(out);
    in = fmemopen(once, size, "rb");
    trace_reader_init(&reader, in, "again");
    demand(trace_reader_next(&reader) == TRACE_READ_TRACE,
           "what was written is not read", strbuf_str(&reader.problem));
    out = open_memstream(&twice, &again);
    demand(trace_json_write(out, reader.trace.base, *reader.trace.used),
           "write", "");
    fclose(out);
    demand(size == again && memcmp(once, twice, size) == 0,
           "written otherwise the second time", twice);
    trace_reader_release(&reader);
    fclose(in);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct judge judge;
    static bool ready;
    struct trace_reader reader;
    FILE *in;

    if (size == 0)
        return 0;
    if (!ready)
        judge_init(&judge);
    ready = true;
    in = fmemopen((void *)data, size, "rb");
    trace_reader_init(&reader, in, "fuzz");
    while (trace_reader_next(&reader) == TRACE_READ_TRACE) {
        judge_trace(&judge, reader.trace.base, *reader.trace.used);
        check_trace(&reader.trace);
        write_report(&judge, report_junit_open, check_xml);
        write_report(&judge, report_json_open, check_json);
        write_report(&judge, report_eventlog_open, NULL);
        write_report(&judge, open_quiet, NULL);
    }
    trace_reader_release(&reader);
    fclose(in);
    return 0;
}
