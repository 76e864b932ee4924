/*
 * program.h - runs somebody's program on the simulated runtime.
 *
 * program_posix.c starts native programs, and Windows programs under Wine;
 * program_win32.c starts them directly. The program finds the library and
 * what it is to play through the environment (vssapi/runtime.c); its output
 * goes where it always would, and on the way is kept when somebody asked for
 * it.
 */
#ifndef EXEC_PROGRAM_H
#define EXEC_PROGRAM_H

#include <stdbool.h>

#include "base/strbuf.h"

struct program_setup {
    char **argv;          /* NULL-terminated */
    const char *trace;    /* file that the library creates; see merge.h */
    const char *scenario; /* as absolute paths */
    const char *document;
    const char *time;    /* virtual, real, 60x; NULL: virtual */
    const char *policy;  /* comma separated; NULL: none */
    const char *windows; /* NULL: the scenario's */
    const char *seed;    /* NULL: the scenario's */
    const char *state;   /* folder; NULL: none */
    unsigned timeout;    /* real seconds */
    bool keep_output;
};

enum program_kind { PROGRAM_NATIVE, PROGRAM_WINDOWS };

enum program_end {
    PROGRAM_NOT_STARTED, /* `text` says why */
    PROGRAM_EXITED,
    PROGRAM_SIGNALLED,
    PROGRAM_TIMED_OUT
};

struct program_result {
    enum program_kind kind;
    enum program_end end;
    int code; /* exit code, or signal */
    struct strbuf text;
    struct strbuf output;  /* standard output and error, as they came */
    struct strbuf foreign; /* another vssapi that the program loaded */
};

/* Native, or Windows by its header; false, with a message in result->text,
 * when it is neither, or a kind that cannot run here. */
bool program_look(const char *file, struct program_result *result);
/* Appends the name by which the program knows one of our files. */
void program_path(const struct program_result *result, const char *path,
                  struct strbuf *out);
/* Runs it to its end. */
void program_run(const struct program_setup *setup,
                 struct program_result *result);
void program_release(struct program_result *result);

#endif
