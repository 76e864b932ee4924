/* show_command.c - vssim show: prints a saved trace for reading. */
#include <string.h>

#include "asserts/report/words.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "exec/traces.h"
#include "os/assert.h"

static const struct command_words words = {
    .id = COMMAND_SHOW,
    .about =
        "Prints a trace that vssim run --trace saved, or that the library wrote\n"
        "(VSSIM_TRACE), one record a line: virtual time, number of the call, what\n"
        "happened. - is standard input.\n",
    .least = 1,
    .most = 1,
};

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

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    bool *json = context;

    assert(option == OPT_JSON_LINES && !argument);
    *json = true;
    return true;
}

int command_show(int argc, char **argv)
{
    bool json = false;
    int first;
    int code = options_read(&words, argc, argv, take_option, &json, &first);

    return code == OPTIONS_GOOD ? show_file(argv[first], json) : code;
}
