/* check_command.c - vssim check: reads scenarios and reports mistakes. */
#include <getopt.h>

#include "cli/cli.h"

static const char help[] =
    "usage: vssim check [OPTION]... PATH...\n"
    "\n"
    "Reads scenarios (files, folders, patterns) without playing them and\n"
    "reports every mistake as FILE:LINE:COLUMN: what: what is allowed.\n"
    "\n"
    "  -q, --quiet   no summary\n"
    "      --help    this text\n";

static unsigned check_file(const char *file)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    unsigned count;

    scenario_overrides_init(&overrides);
    scenario_load(&arena, file, &overrides, &problems);
    print_problems(stdout, &problems);
    count = problems.count;
    arena_release(&arena);
    return count;
}

int command_check(int argc, char **argv)
{
    static const struct option options[] = {{"quiet", no_argument, 0, 'q'},
                                            {"help", no_argument, 0, 'h'},
                                            {0, 0, 0, 0}};
    struct paths paths = {0};
    unsigned problems = 0, bad = 0;
    bool quiet = false, good = true;
    int c;

    while ((c = getopt_long(argc, argv, "qh", options, NULL)) != -1)
        if (c == 'q')
            quiet = true;
        else if (c == 'h')
            return usage(stdout, help, EXIT_PASSED);
        else
            return bad_option("check");
    if (optind == argc)
        return usage(stderr, help, EXIT_USAGE);
    for (int i = optind; i < argc; i++)
        good &= paths_add(&paths, argv[i]);
    for (unsigned i = 0; i < paths.n; i++) {
        unsigned n = check_file(paths.names[i]);

        problems += n;
        bad += n > 0;
    }
    if (!quiet && good)
        printf("%u scenarios checked, %u mistakes in %u files\n", paths.n,
               problems, bad);
    paths_release(&paths);
    return problems || !good ? EXIT_USAGE : EXIT_PASSED;
}
