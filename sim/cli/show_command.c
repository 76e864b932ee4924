/* show_command.c - vssim show: prints a saved trace for reading. */
#include <getopt.h>
#include <string.h>

#include "asserts/report/words.h"
#include "cli/cli.h"
#include "cli/traces.h"

static const char help[] =
    "usage: vssim show [OPTION]... TRACE\n"
    "\n"
    "Prints a trace that vssim run --trace saved, or that the library wrote\n"
    "(VSSIM_TRACE), one record a line: virtual time, number of the call, what\n"
    "happened. - is standard input.\n"
    "\n"
    "      --json   print the records as JSON Lines, for other tools\n"
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

static int show_file(const char *name, bool json)
{
    struct traces traces;
    enum trace_read got = TRACE_READ_BAD;
    bool first = true;

    if (traces_open(&traces, name))
        do {
            got = traces_next(&traces);
            if (*traces.trace->used && got != TRACE_READ_END) {
                if (!first && !json)
                    putchar('\n');
                show_trace(traces.trace, json);
                first = false;
            }
        } while (got == TRACE_READ_TRACE);
    fflush(stdout);
    traces_close(&traces);
    return got == TRACE_READ_BAD ? EXIT_USAGE : EXIT_PASSED;
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
