/* show.c - vssim show: prints a saved trace for reading. */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "asserts/report/words.h"
#include "asserts/trace_json.h"
#include "cli/cli.h"

static const char help[] =
    "usage: vssim show [OPTION]... TRACE\n"
    "\n"
    "Prints a trace that vssim run --trace saved, one record a line: virtual\n"
    "time, number of the call, what happened. - is standard input.\n"
    "\n"
    "      --json   print the records as they are saved, for other tools\n"
    "      --help   this text\n";

static void show_trace(const struct trace *trace, bool json)
{
    struct strbuf text = STRBUF_INIT;

    if (json) {
        trace_json_write(stdout, trace->base, *trace->used);
        return;
    }
    words_trace(&text, trace->base, *trace->used);
    fputs(strbuf_str(&text), stdout);
    strbuf_release(&text);
}

static int show_stream(FILE *in, const char *name, bool json)
{
    struct trace_reader reader;
    enum trace_read got;
    bool first = true;

    trace_reader_init(&reader, in, name);
    do {
        got = trace_reader_next(&reader);
        if (*reader.trace.used && got != TRACE_READ_END) {
            if (!first && !json)
                putchar('\n');
            show_trace(&reader.trace, json);
            first = false;
        }
    } while (got == TRACE_READ_TRACE);
    fflush(stdout);
    if (got == TRACE_READ_BAD)
        fprintf(stderr, "%s\n", strbuf_str(&reader.problem));
    trace_reader_release(&reader);
    return got == TRACE_READ_BAD ? EXIT_USAGE : EXIT_PASSED;
}

static int show_file(const char *name, bool json)
{
    bool is_stdin = strcmp(name, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen(name, "r");
    int code;

    if (!in) {
        fprintf(stderr, "vssim: cannot read %s: %s\n", name, strerror(errno));
        return EXIT_USAGE;
    }
    code = show_stream(in, is_stdin ? "standard input" : name, json);
    if (!is_stdin)
        fclose(in);
    return code;
}

int command_show(int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, 0, 'j'},
                                            {"help", no_argument, 0, 'h'},
                                            {0, 0, 0, 0}};
    bool json = false;
    int c;

    while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1)
        if (c == 'j')
            json = true;
        else if (c == 'h')
            return usage(stdout, help, EXIT_PASSED);
        else
            return bad_option("show");
    if (optind + 1 != argc)
        return usage(stderr, help, EXIT_USAGE);
    return show_file(argv[optind], json);
}
