/*
 * node.h - a YAML file as a tree that remembers where everything stood.
 *
 * Read with libyaml's event API under limits of our own (size, depth, number
 * of nodes); duplicate keys, anchors, aliases, tags and second documents are
 * mistakes. Every mistake goes into a list: all of a file's in one go.
 * Memory comes from the caller's arena.
 */
#ifndef YAML_NODE_H
#define YAML_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/printf.h"

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_LIST };

struct node {
    enum node_kind kind;
    bool plain;       /* a scalar without quotes */
    const char *text; /* SCALAR */
    const char *key;  /* when it is an entry of a map */
    int key_line, key_col;
    int line, col; /* from 1 */
    const char *file;
    struct node *first; /* MAP, LIST */
    struct node *next;
};

struct problem {
    const char *file;
    int line, col;    /* 0: the whole file */
    const char *text; /* "what: what was allowed" */
    struct problem *next;
};

struct problems {
    struct arena *arena;
    struct problem *first;
    unsigned count;
};

#define NODE_MAX_SIZE (1024 * 1024)
#define NODE_MAX_DEPTH 24
#define NODE_MAX_NODES 50000

void problem_at(struct problems *problems, const struct node *node,
                const char *format, ...) PRINTF_LIKE(3, 4);
/* At the key of an entry rather than at its value. */
void problem_at_key(struct problems *problems, const struct node *node,
                    const char *format, ...) PRINTF_LIKE(3, 4);
void problem_in(struct problems *problems, const char *file, int line, int col,
                const char *format, ...) PRINTF_LIKE(5, 6);

/* One a line, as FILE:LINE:COLUMN: what. */
void problems_print(FILE *out, const struct problems *problems);

/* NULL when there is no usable tree; `problems` says why. */
struct node *node_read(struct problems *problems, const char *file,
                       const char *text, size_t size);
/* The whole file, or a problem that says why not; NULL then. */
char *node_slurp(struct problems *problems, const char *file,
                 const struct node *where, size_t limit, size_t *size);

/* The entry of a map, or NULL. */
struct node *node_get(const struct node *map, const char *key);

/* Typed values. Each reports a problem and gives false when it does not fit. */
bool node_is_null(const struct node *node); /* plain null or ~ */
bool node_text(struct problems *p, const struct node *node, const char **out);
bool node_bool(struct problems *p, const struct node *node, bool *out);
bool node_int(struct problems *p, const struct node *node, int64_t *out);
/* 250ms, 12s, 5m, 2h, 1d, 0; virtual milliseconds. */
bool node_time(struct problems *p, const struct node *node, uint64_t *out);
bool node_hresult(struct problems *p, const struct node *node, int32_t *out);
bool node_enum(struct problems *p, const struct node *node, const char *type,
               int64_t *out);
bool node_map(struct problems *p, const struct node *node);
bool node_list(struct problems *p, const struct node *node);

/* Checks a map's keys against a NULL-terminated list; unknown ones are
 * problems that name the nearest and what was allowed. */
bool node_keys(struct problems *p, const struct node *map,
               const char *const *allowed);
/* The allowed word nearest to `text`, or NULL when none is near. */
const char *nearest_word(const char *text, const char *const *allowed);

#endif
