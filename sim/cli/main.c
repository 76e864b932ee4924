/* main.c - vssim: finds the command. */
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cli/cli.h"
#include "os/child.h"
#include "os/os.h"
#include "play/worker.h"
#include "subjects/subject_load.h"

static const char help[] =
    "usage: vssim COMMAND [OPTION]... [ARGUMENT]...\n"
    "\n"
    "Rehearses Windows VSS restores: plays scenarios of writer behaviour\n"
    "against an implementation of IVssBackupComponents::PreRestore and judges\n"
    "every return code and asynchronous result.\n"
    "\n"
    "  run PATH...      play scenarios and judge them\n"
    "  exec SCENARIO -- PROGRAM\n"
    "                   run a backup program on the simulation and judge it\n"
    "  explore          every sequence of calls, up to a depth\n"
    "  shrink FILE      make a failing scenario as small as can be\n"
    "  check PATH...    only read scenarios and report mistakes\n"
    "  import FILE...   make scenarios of a list of writers, a log, a document\n"
    "  judge TRACE...   judge saved traces\n"
    "  show TRACE       print a saved trace for reading\n"
    "  diff A B         compare saved traces, call by call\n"
    "  list             scenarios, profiles, rules, codes, policies ...\n"
    "  explain NAME     a rule, code, state, policy or method\n"
    "\n"
    "vssim COMMAND --help tells more; vssim --version the version.\n"
    "Exit codes: 0 all passed, 1 a failure, 2 usage or bad scenario,\n"
    "77 all skipped, 99 vssim itself failed.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", command_run},         {"exec", command_exec},
    {"explore", command_explore}, {"shrink", command_shrink},
    {"check", command_check},     {"import", command_import},
    {"judge", command_judge},     {"show", command_show},
    {"diff", command_diff},       {"list", command_list},
    {"explain", command_explain},
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

int usage(FILE *out, const char *text, int code)
{
    fputs(text, out);
    return code;
}

int bad_option(const char *command)
{
    fprintf(stderr, "vssim %s: see vssim %s --help\n", command, command);
    return EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
    const char *names[N_COMMANDS + 1];
    const char *near;

    for (unsigned i = 0; i < N_COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    for (unsigned i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i].name;
    names[N_COMMANDS] = NULL;
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
    if (argc < 2)
        return usage(stderr, help, EXIT_USAGE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return usage(stdout, help, EXIT_PASSED);
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
