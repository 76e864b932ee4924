/*
 * merge.h - one trace out of those that a program's processes left behind.
 *
 * Each process that loaded the library wrote a trace file of its own
 * (exec/trace_file.h). They are merged by virtual time, then by the order in
 * which the processes began. Calls, objects and events are renumbered so that
 * none is met twice; threads of the second process count from 101, of the
 * third from 201. Headers, declarations and ends
 * are left to the caller, who knows the whole.
 */
#ifndef EXEC_MERGE_H
#define EXEC_MERGE_H

#include <stdio.h>

#include "base/trace.h"

#define MERGE_PROCESSES 64

struct merge_file {
    char *bytes;
    uint64_t size; /* of whole records, after the magic */
    const char *records;
    const struct trace_rec *next; /* not merged yet */
    bool started;                 /* it has a header: a function was called */
    bool ended; /* it has a balance: the process ended well */
    uint32_t calls, objects, tickets; /* the highest numbers */
};

struct merge {
    struct merge_file files[MERGE_PROCESSES];
    unsigned n;
    unsigned started;
};

/* Adds NAME, NAME.2, NAME.3 ..., as far as there are such files. False, with
 * a message in `error`, when one is no trace file of this version. */
bool merge_read(struct merge *merge, const char *name, char *error,
                size_t room);
/* Writes how the first process that called anything began: header, writers,
 * declarations. False when none called anything. For who knows no better. */
bool merge_frame(const struct merge *merge, struct trace *out);
/* Writes everything that the processes did: what stands between declarations
 * and balance. */
void merge_write(struct merge *merge, struct trace *out);
/* The sum of the balances; false when a process did not get that far. */
bool merge_balance(const struct merge *merge, struct trace *out,
                   uint64_t time);
/* The virtual time of the latest record. */
uint64_t merge_time(const struct merge *merge);
void merge_release(struct merge *merge);

#endif
