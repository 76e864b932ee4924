/* judge_command.c - vssim judge: judges saved traces. */
#include "cli/output.h"
#include "exec/traces.h"

static const struct command_words words = {
    .id = COMMAND_JUDGE,
    .about =
        "Judges traces that vssim run --trace saved (vssim-trace(5)), as run does\n"
        "when it plays: same rules, same verdicts, same exit codes. A file may\n"
        "hold several; - is standard input. A file that the library itself wrote\n"
        "(VSSIM_TRACE) is taken, too, with those of the program's other processes\n"
        "(TRACE.2 ...); how the program ended is not in it.\n",
    .codes =
        "Exit codes: 0 all passed, 1 a failure, 2 usage or a bad trace,\n"
        "77 all skipped, 99 vssim itself failed.\n",
    .least = 1,
    .most = -1,
};

/* False, after a message, when the file is not all traces. */
static bool judge_file(struct output *output, struct judge *judge,
                       const char *name)
{
    struct traces traces;
    enum trace_read got;

    if (!traces_open(&traces, name))
        return false;
    while ((got = traces_next(&traces)) == TRACE_READ_TRACE) {
        judge_trace(judge, traces.trace->base, *traces.trace->used);
        output_scenario(output, judge);
    }
    traces_close(&traces);
    return got == TRACE_READ_END;
}

static int judge_files(struct output *output, struct judge *judge,
                       char **names, int n)
{
    int code = output_open(output);
    bool good = true;

    if (code != EXIT_PASSED)
        return code;
    for (int i = 0; i < n; i++)
        good &= judge_file(output, judge, names[i]);
    code = output_close(output);
    return good || code == EXIT_HARNESS ? code : EXIT_USAGE;
}

struct command {
    struct output output;
    struct judge judge;
};

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct command *c = context;

    return option == OPT_DISABLE
               ? option_disable(words.id, &c->judge, argument)
               : output_option(&c->output, option, argument);
}

int command_judge(int argc, char **argv)
{
    struct command c = {.output = {.update = false}};
    int code, first;

    judge_init(&c.judge);
    code = options_read(&words, argc, argv, take_option, &c, &first);
    if (code == OPTIONS_GOOD)
        code = judge_files(&c.output, &c.judge, argv + first, argc - first);
    judge_release(&c.judge);
    return code;
}
