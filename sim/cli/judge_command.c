/* judge_command.c - vssim judge: judges saved traces. */
#include "cli/output.h"
#include "cli/traces.h"

static const char help[] =
    "usage: vssim judge [OPTION]... TRACE...\n"
    "\n"
    "Judges traces that vssim run --trace saved (vssim-trace(5)), as run does\n"
    "when it plays: same rules, same verdicts, same exit codes. A file may\n"
    "hold several; - is standard input. A file that the library itself wrote\n"
    "(VSSIM_TRACE) is taken, too, with those of the program's other processes\n"
    "(TRACE.2 ...); how the program ended is not in it.\n"
    "\n" OUTPUT_HELP "      --disable RULE  do not judge by this rule\n"
    "      --help          this text\n"
    "\n"
    "Exit codes: 0 all passed, 1 a failure, 2 usage or a bad trace,\n"
    "77 all skipped, 99 vssim itself failed.\n";

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

/* EXIT_PASSED: go on; else, or when `done`, it is over. */
static int read_options(struct output *output, struct judge *judge, int argc,
                        char **argv, bool *done)
{
    static const struct option options[] = {
        OUTPUT_OPTIONS,
        {"disable", required_argument, 0, 'd'},
        {"help", no_argument, 0, 'h'},
        {0, 0, 0, 0}};
    int c;

    *done = true;
    while ((c = getopt_long(argc, argv, OUTPUT_SHORT "h", options, NULL)) !=
           -1)
        if (c == 'h')
            return usage(stdout, help, EXIT_PASSED);
        else if (c == 'd' && !option_disable("judge", judge, optarg))
            return EXIT_USAGE;
        else if (c != 'd' && !output_option(output, c, optarg))
            return bad_option("judge");
    if (optind == argc)
        return usage(stderr, help, EXIT_USAGE);
    *done = false;
    return EXIT_PASSED;
}

int command_judge(int argc, char **argv)
{
    struct output output = {0};
    struct judge judge;
    bool done;
    int code;

    judge_init(&judge);
    code = read_options(&output, &judge, argc, argv, &done);
    if (!done)
        code = judge_files(&output, &judge, argv + optind, argc - optind);
    judge_release(&judge);
    return code;
}
