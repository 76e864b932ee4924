/*
 * cli.h - the command line: one file a command, over the libraries.
 *
 * Exit codes: 0 all passed; 1 a failure; 2 usage or a bad scenario; 77 all
 * skipped; 99 the harness itself failed.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "scenario/scenario.h"

enum exit_code {
    EXIT_PASSED = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_SKIPPED = 77,
    EXIT_HARNESS = 99
};

/* Each gets argv from its own name on. */
int command_run(int argc, char **argv);
int command_exec(int argc, char **argv);
int command_explore(int argc, char **argv);
int command_shrink(int argc, char **argv);
int command_check(int argc, char **argv);
int command_import(int argc, char **argv);
int command_list(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_judge(int argc, char **argv);
int command_show(int argc, char **argv);
int command_diff(int argc, char **argv);

/* Scenario files of paths, folders and glob patterns, in a stable order. */
struct paths {
    char **names;
    unsigned n, room;
};

/* False, after a message, when an argument names nothing. */
bool paths_add(struct paths *paths, const char *argument);
/* Keeps those whose name matches the glob pattern (! in front: that do not).
 * A pattern without * or / matches anywhere in the name. */
void paths_filter(struct paths *paths, const char *pattern);
void paths_release(struct paths *paths);

/* docs/decisions.md, made by gen_decisions.py. */
struct decision {
    const char *name, *title, *text;
};
extern const struct decision decisions[];
extern const unsigned n_decisions;

/* explain_api.c: each prints what a name of the API is; false, and nothing
 * printed, when it is none. */
bool explain_method(const char *name);
bool explain_interface(const char *name);
bool explain_value(const char *name);
bool explain_type(const char *name);

/* Prints the writers of a machine; gives the exit code. */
int list_writers(const char *windows, const char *const *roles, unsigned n);

#endif
