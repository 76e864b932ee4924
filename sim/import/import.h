/*
 * import.h - from what a customer sends to scenarios that can be played.
 *
 * One struct import an input. A recogniser (one file each) reads the text and
 * either fills in `facts` about writers, of which facts_emit makes the
 * scenarios, or adds scenarios itself. Nothing is dropped silently: what is
 * not understood goes to import_unread with its line. Every scenario made
 * here is read again by the loader before it is handed out; one that is not
 * accepted is a defect of ours. All memory hangs on the arena, except the
 * texts of the outputs. Used by sim/cli and the tests only.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/strbuf.h"

#define IMPORT_MAX_SIZE ((size_t)16 << 20)

struct import_note {
    unsigned long line; /* 0: the whole input */
    const char *text;   /* what: what is allowed, or what was done */
    struct import_note *next;
};

struct import_output {
    const char *suffix; /* of the file's name: "", "stale", "freeze", ... */
    const char *what;   /* for messages */
    struct strbuf text;
    struct import_output *next;
};

enum import_kind {
    IMPORT_UNREADABLE, /* `problem` says why */
    IMPORT_SCENARIOS,  /* `outputs` */
    IMPORT_METADATA,   /* a saved Writer Metadata Document */
    IMPORT_DOCUMENT    /* a saved Backup Components Document */
};

struct import {
    struct arena *arena;
    const char *name;            /* of the input, for messages and comments */
    struct import_note *unread;  /* in the order of lines */
    struct import_note *assumed; /* told in comments only */
    unsigned n_unread;
    struct import_output *outputs;
    const char *problem; /* what: remedy */
    unsigned long problem_line;
    const struct known_profile *profiles; /* read when first asked for */
    unsigned n_profiles;
    bool defective; /* a scenario that our own loader refuses */
};

/* Recognises and reads. The bytes need not be text at all. */
enum import_kind import_read(struct import *im, const char *bytes,
                             size_t size);
void import_release(struct import *im); /* the outputs' texts */

/* A saved document, given as several files that belong together. `file` is
 * how the scenario names it. */
struct import_document {
    bool metadata;
    const char *file;
    const char *bytes;
    size_t size;
};
/* One scenario of saved documents; false when the loader-to-be would refuse
 * them, with a problem. It is not checked: its files may not be in place. */
bool import_documents(struct import *im, const struct import_document *docs,
                      unsigned n);

#endif
