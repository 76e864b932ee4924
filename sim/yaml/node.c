/* node.c - see node.h: reading YAML under limits. */
#include "yaml/node.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "os/assert.h"

static void vproblem(struct problems *p, const char *file, int line, int col,
                     const char *format, va_list args)
{
    struct problem *problem = arena_alloc(p->arena, sizeof(*problem));
    struct problem **at = &p->first;
    struct strbuf text = STRBUF_INIT;

    strbuf_vaddf(&text, format, args);
    problem->file = file;
    problem->line = line;
    problem->col = col;
    problem->text = arena_strdup(p->arena, strbuf_str(&text));
    strbuf_release(&text);
    while (*at &&
           ((*at)->line < line || ((*at)->line == line && (*at)->col <= col)))
        at = &(*at)->next;
    problem->next = *at;
    *at = problem;
    p->count++;
}

void problem_in(struct problems *p, const char *file, int line, int col,
                const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vproblem(p, file, line, col, format, args);
    va_end(args);
}

void problems_print(FILE *out, const struct problems *problems)
{
    for (const struct problem *p = problems->first; p; p = p->next)
        if (p->line)
            fprintf(out, "%s:%d:%d: %s\n", p->file, p->line, p->col, p->text);
        else
            fprintf(out, "%s: %s\n", p->file, p->text);
}

void problem_at(struct problems *p, const struct node *node,
                const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vproblem(p, node->file, node->line, node->col, format, args);
    va_end(args);
}

void problem_at_key(struct problems *p, const struct node *node,
                    const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vproblem(p, node->file, node->key ? node->key_line : node->line,
             node->key ? node->key_col : node->col, format, args);
    va_end(args);
}

/* --- the file --- */

char *node_slurp(struct problems *p, const char *file,
                 const struct node *where, size_t limit, size_t *size)
{
    struct stat st;
    char *text = NULL;
    FILE *f;

#define COMPLAIN(...) \
    (where ? problem_at(p, where, __VA_ARGS__) \
           : problem_in(p, file, 0, 0, __VA_ARGS__))
    if (stat(file, &st) != 0) {
        COMPLAIN("cannot read %s: %s", file, strerror(errno));
    } else if (!S_ISREG(st.st_mode)) {
        COMPLAIN("%s is %s: a file was expected", file,
                 S_ISDIR(st.st_mode) ? "a folder" : "no ordinary file");
    } else if ((size_t)st.st_size > limit) {
        COMPLAIN("%s is too large: at most %zu bytes are allowed", file,
                 limit);
    } else if (!(f = fopen(file, "rb"))) {
        COMPLAIN("cannot read %s: %s", file, strerror(errno));
    } else {
        text = arena_alloc(p->arena, (size_t)st.st_size + 1);
        *size = fread(text, 1, (size_t)st.st_size, f);
        if (ferror(f)) {
            COMPLAIN("cannot read %s: %s", file, strerror(errno));
            text = NULL;
        }
        fclose(f);
    }
#undef COMPLAIN
    return text;
}

static bool check_utf8(struct problems *p, const char *file, const char *text,
                       size_t size)
{
    const unsigned char *s = (const unsigned char *)text;
    int line = 1, col = 1;

    if (size >= 2 &&
        ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
        problem_in(p, file, 1, 1, "the file is UTF-16: save it as UTF-8");
        return false;
    }
    for (size_t i = 0; i < size;) {
        int n = utf8_sequence(s + i, size - i);

        if (n == 0) {
            problem_in(p, file, line, col,
                       "byte 0x%02X is not UTF-8: save the file as UTF-8",
                       s[i]);
            return false;
        }
        col = s[i] == '\n' ? 1 : col + 1;
        line += s[i] == '\n';
        i += (size_t)n;
    }
    return true;
}

/* --- events to nodes --- */

struct reader {
    struct problems *p;
    const char *file;
    yaml_parser_t parser;
    unsigned nodes;
    bool failed;
};

static void yaml_problem(struct reader *r)
{
    const yaml_parser_t *y = &r->parser;
    int line = (int)y->problem_mark.line + 1;
    int col = (int)y->problem_mark.column + 1;
    const char *what = y->problem ? y->problem : "cannot be read";

    r->failed = true;
    if (strstr(what, "did not find expected") ||
        strstr(what, "mapping values are not allowed") ||
        strstr(what, "cannot start any token") ||
        strstr(what, "could not find expected"))
        problem_in(r->p, r->file, line, col,
                   "not YAML here (%s): check the indentation, and put names "
                   "with : # { } [ ] %% or \\ into single quotes",
                   what);
    else
        problem_in(r->p, r->file, line, col, "not YAML here: %s", what);
}

static bool next_event(struct reader *r, yaml_event_t *event)
{
    if (r->failed)
        return false;
    if (!yaml_parser_parse(&r->parser, event)) {
        yaml_problem(r);
        return false;
    }
    return true;
}

static struct node *new_node(struct reader *r, const yaml_event_t *event,
                             enum node_kind kind)
{
    struct node *n = arena_alloc(r->p->arena, sizeof(*n));

    n->kind = kind;
    n->file = r->file;
    n->line = (int)event->start_mark.line + 1;
    n->col = (int)event->start_mark.column + 1;
    if (++r->nodes > NODE_MAX_NODES) {
        problem_at(r->p, n, "too much in one file: at most %d values",
                   NODE_MAX_NODES);
        r->failed = true;
    }
    return n;
}

static struct node *read_value(struct reader *r, const yaml_event_t *event,
                               int depth);

static void refuse(struct reader *r, const yaml_event_t *event,
                   const char *text)
{
    problem_in(r->p, r->file, (int)event->start_mark.line + 1,
               (int)event->start_mark.column + 1, "%s", text);
}

static struct node *read_list(struct reader *r, const yaml_event_t *start,
                              int depth)
{
    struct node *list = new_node(r, start, NODE_LIST);
    struct node **at = &list->first;
    yaml_event_t event;

    while (next_event(r, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            break;
        }
        *at = read_value(r, &event, depth + 1);
        yaml_event_delete(&event);
        if (*at)
            at = &(*at)->next;
    }
    return list;
}

static void check_duplicate(struct reader *r, const struct node *map,
                            const struct node *key)
{
    for (const struct node *n = map->first; n; n = n->next)
        if (n->key && strcmp(n->key, key->text) == 0) {
            problem_at(r->p, key,
                       "\"%s\" stands twice (first in line %d): once is "
                       "allowed",
                       key->text, n->key_line);
            return;
        }
}

static struct node *read_map(struct reader *r, const yaml_event_t *start,
                             int depth)
{
    struct node *map = new_node(r, start, NODE_MAP);
    struct node **at = &map->first;
    yaml_event_t event;

    while (next_event(r, &event)) {
        struct node *key, *value;

        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            break;
        }
        key = read_value(r, &event, depth + 1);
        yaml_event_delete(&event);
        if (!next_event(r, &event))
            break;
        value = read_value(r, &event, depth + 1);
        yaml_event_delete(&event);
        if (!key || !value)
            continue;
        if (key->kind != NODE_SCALAR) {
            problem_at(r->p, key, "a list or map as a key: a name is allowed");
            continue;
        }
        check_duplicate(r, map, key);
        value->key = key->text;
        value->key_line = key->line;
        value->key_col = key->col;
        *at = value;
        at = &value->next;
    }
    return map;
}

static struct node *read_scalar(struct reader *r, const yaml_event_t *event)
{
    struct node *n = new_node(r, event, NODE_SCALAR);
    const char *text = (const char *)event->data.scalar.value;

    if (memchr(text, '\0', event->data.scalar.length))
        problem_at(r->p, n, "a NUL character inside text: leave it out");
    n->text = arena_strndup(r->p->arena, text, event->data.scalar.length);
    n->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return n;
}

static struct node *read_value(struct reader *r, const yaml_event_t *event,
                               int depth)
{
    if (depth > NODE_MAX_DEPTH) {
        refuse(r, event, "nested too deeply: at most 24 levels");
        r->failed = true;
        return NULL;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (event->data.scalar.anchor)
            refuse(r, event,
                   "anchors are not allowed: write the value out, "
                   "or use include");
        if (event->data.scalar.tag)
            refuse(r, event, "tags are not allowed: leave it out");
        return read_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
        if (event->data.sequence_start.anchor)
            refuse(r, event,
                   "anchors are not allowed: write the value out, "
                   "or use include");
        return read_list(r, event, depth);
    case YAML_MAPPING_START_EVENT:
        if (event->data.mapping_start.anchor)
            refuse(r, event,
                   "anchors are not allowed: write the value out, "
                   "or use include");
        return read_map(r, event, depth);
    case YAML_ALIAS_EVENT:
        refuse(r, event,
               "aliases are not allowed: write the value out, or "
               "use include");
        return NULL;
    default:
        return NULL;
    }
}

static struct node *read_documents(struct reader *r)
{
    struct node *root = NULL;
    int documents = 0;
    bool more = true;
    yaml_event_t event;

    while (more && next_event(r, &event)) {
        switch (event.type) {
        case YAML_STREAM_END_EVENT:
            more = false;
            break;
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        case YAML_DOCUMENT_START_EVENT:
            if (++documents == 2) {
                refuse(r, &event, "a second document: one a file is allowed");
                more = false;
            }
            break;
        default:
            root = read_value(r, &event, 1);
        }
        yaml_event_delete(&event);
    }
    return r->failed ? NULL : root;
}

struct node *node_read(struct problems *p, const char *file, const char *text,
                       size_t size)
{
    struct reader r = {.p = p, .file = file};
    struct node *root;

    if (!check_utf8(p, file, text, size))
        return NULL;
    if (!yaml_parser_initialize(&r.parser)) {
        problem_in(p, file, 0, 0, "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, size);
    root = read_documents(&r);
    yaml_parser_delete(&r.parser);
    if (!root && p->count == 0)
        problem_in(p, file, 1, 1,
                   "the file is empty: a scenario was expected");
    return root;
}

struct node *node_get(const struct node *map, const char *key)
{
    struct node *n = map && map->kind == NODE_MAP ? map->first : NULL;

    for (; n; n = n->next) {
        assert(n->key);
        if (strcmp(n->key, key) == 0)
            break;
    }
    return n;
}
