/* check_command.c - vssim check: reads scenarios and reports mistakes. */

#include "cli/cli.h"
#include "cli/options.h"
#include "os/assert.h"

static const struct command_words words = {
    .id = COMMAND_CHECK,
    .about =
        "Reads scenarios (files, folders, patterns) without playing them and\n"
        "reports every mistake as FILE:LINE:COLUMN: what: what is allowed.\n",
    .least = 1,
    .most = -1,
};

static unsigned check_file(const char *file)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    unsigned count;

    scenario_overrides_init(&overrides);
    scenario_load(&arena, file, &overrides, &problems);
    problems_print(stdout, &problems);
    count = problems.count;
    arena_release(&arena);
    return count;
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    bool *quiet = context;

    assert(option == OPT_NO_SUMMARY && !argument);
    *quiet = true;
    return true;
}

int command_check(int argc, char **argv)
{
    struct paths paths = {0};
    unsigned problems = 0, bad = 0;
    bool quiet = false, good = true;
    int first, code;

    code = options_read(&words, argc, argv, take_option, &quiet, &first);
    if (code != OPTIONS_GOOD)
        return code;
    for (int i = first; i < argc; i++)
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
