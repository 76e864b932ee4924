/* main.c - vssim: finds the command. */
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "os/assert.h"
#include "os/child.h"
#include "os/os.h"
#include "play/worker.h"
#include "subjects/subject_load.h"

static int (*const commands[COMMAND_COUNT])(int argc, char **argv) = {
    [COMMAND_RUN] = command_run,         [COMMAND_EXEC] = command_exec,
    [COMMAND_EXPLORE] = command_explore, [COMMAND_SHRINK] = command_shrink,
    [COMMAND_CHECK] = command_check,     [COMMAND_IMPORT] = command_import,
    [COMMAND_JUDGE] = command_judge,     [COMMAND_SHOW] = command_show,
    [COMMAND_DIFF] = command_diff,       [COMMAND_LIST] = command_list,
    [COMMAND_EXPLAIN] = command_explain,
};

static int dispatch(int argc, char **argv)
{
    const char *names[COMMAND_COUNT + 1], *near;

    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        assert(commands[i]);
        names[i] = command_rows[i].name;
        if (strcmp(argv[1], names[i]) == 0)
            return commands[i](argc - 1, argv + 1);
    }
    names[COMMAND_COUNT] = NULL;
    near = nearest_word(argv[1], names);
    fprintf(stderr, "vssim: no command \"%s\"%s%s%s: see vssim --help\n",
            argv[1], near ? " (did you mean " : "", near ? near : "",
            near ? "?)" : "");
    return EXIT_USAGE;
}

/* What a process of ours may be started for. */
static const struct child_job *const jobs[] = {&worker_job, &subject_job,
                                               NULL};

int main(int argc, char **argv)
{
    int code;

    os_streams_init();
    child_main(argc, argv, jobs);
    if (argc < 2) {
        help_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help_commands(stdout);
        return EXIT_PASSED;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("vssim " VSSIM_VERSION);
        return EXIT_PASSED;
    }
    code = dispatch(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("vssim: cannot write the output");
        return EXIT_HARNESS;
    }
    return code;
}
