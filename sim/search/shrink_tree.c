/* shrink_tree.c - a scenario that can lose parts, and its text; see
 * shrink.h. */
#include <ctype.h>
#include <string.h>

#include "search/shrink.h"

#define WIDTH 78

struct piece *piece_tree(struct arena *arena, const struct node *node)
{
    struct piece *p = arena_alloc(arena, sizeof(*p)), **last = &p->first;

    p->node = node;
    for (const struct node *child = node->first; child; child = child->next) {
        *last = piece_tree(arena, child);
        last = &(*last)->next;
        p->n++;
    }
    return p;
}

static const struct piece *first_left(const struct piece *p)
{
    while (p && p->gone)
        p = p->next;
    return p;
}

static bool is_empty(const struct piece *p)
{
    return p->node->kind != NODE_SCALAR && !first_left(p->first);
}

/* --- scalars --- */

static void put_quoted(struct strbuf *out, const char *text)
{
    strbuf_addc(out, '"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c == '"' || *c == '\\')
            strbuf_addf(out, "\\%c", *c);
        else if (*c == '\n')
            strbuf_adds(out, "\\n");
        else if (*c < 0x20 || *c == 0x7f)
            strbuf_addf(out, "\\x%02X", *c);
        else
            strbuf_addc(out, (char)*c);
    strbuf_addc(out, '"');
}

static void put_scalar(struct strbuf *out, const struct piece *p)
{
    const char *text = p->instead ? p->instead : p->node->text;

    /* What is plain in a block may not be so between braces. */
    if (p->node->plain && !strpbrk(text, ",[]{}\n"))
        strbuf_adds(out, text);
    else
        put_quoted(out, text);
}

static void put_key(struct strbuf *out, const struct piece *p)
{
    const char *key = p->node->key;
    bool plain = isalpha((unsigned char)*key) != 0;

    for (const char *c = key; *c; c++)
        plain &= isalnum((unsigned char)*c) || strchr("_-./", *c);
    if (plain)
        strbuf_adds(out, key);
    else
        put_quoted(out, key);
}

/* --- on one line --- */

static void put_flow(struct strbuf *out, const struct piece *p)
{
    bool map = p->node->kind == NODE_MAP;
    const struct piece *child = first_left(p->first);

    if (p->node->kind == NODE_SCALAR) {
        put_scalar(out, p);
        return;
    }
    if (!child) {
        strbuf_adds(out, map ? "{}" : "[]");
        return;
    }
    strbuf_adds(out, map ? "{ " : "[ ");
    for (; child; child = first_left(child->next)) {
        if (map) {
            put_key(out, child);
            strbuf_adds(out, ": ");
        }
        put_flow(out, child);
        if (first_left(child->next))
            strbuf_adds(out, ", ");
    }
    strbuf_adds(out, map ? " }" : " ]");
}

static bool fits(const struct piece *p, size_t column)
{
    struct strbuf line = STRBUF_INIT;
    bool short_enough;

    put_flow(&line, p);
    short_enough = column + line.len <= WIDTH;
    strbuf_release(&line);
    return short_enough;
}

/* --- on lines of their own --- */

static void put_block(struct strbuf *out, const struct piece *p,
                      unsigned indent);

static void put_value(struct strbuf *out, const struct piece *p,
                      unsigned indent, size_t column)
{
    if (p->node->kind == NODE_SCALAR || is_empty(p) ||
        (indent > 0 && fits(p, column))) {
        strbuf_addc(out, ' ');
        put_flow(out, p);
        strbuf_addc(out, '\n');
    } else {
        strbuf_addc(out, '\n');
        put_block(out, p, indent + 2);
    }
}

static void put_entry(struct strbuf *out, const struct piece *p,
                      unsigned indent)
{
    size_t before = out->len;

    put_key(out, p);
    strbuf_addc(out, ':');
    put_value(out, p, indent, indent + out->len - before + 1);
}

/* A step: its name, or its name and what is said of it. */
static void put_item(struct strbuf *out, const struct piece *p,
                     unsigned indent)
{
    const struct piece *only = first_left(p->first);

    strbuf_adds(out, "- ");
    if (p->node->kind == NODE_MAP && only && !first_left(only->next)) {
        if (is_empty(only)) {
            put_key(out, only);
            strbuf_addc(out, '\n');
        } else {
            put_entry(out, only, indent + 2);
        }
    } else if (p->node->kind == NODE_MAP && !fits(p, indent + 2)) {
        for (const struct piece *c = only; c; c = first_left(c->next)) {
            if (c != only)
                strbuf_addf(out, "%*s", (int)indent + 2, "");
            put_entry(out, c, indent + 2);
        }
    } else {
        put_flow(out, p);
        strbuf_addc(out, '\n');
    }
}

static void put_block(struct strbuf *out, const struct piece *p,
                      unsigned indent)
{
    for (const struct piece *c = first_left(p->first); c;
         c = first_left(c->next)) {
        strbuf_addf(out, "%*s", (int)indent, "");
        if (p->node->kind == NODE_MAP)
            put_entry(out, c, indent);
        else
            put_item(out, c, indent);
    }
}

void piece_write(struct strbuf *out, const struct piece *root)
{
    put_block(out, root, 0);
}

/* --- names --- */

static bool put_path(struct strbuf *out, const struct piece *at,
                     const struct piece *piece)
{
    size_t before = out->len;
    unsigned i = 0;

    for (const struct piece *c = at->first; c; c = c->next) {
        i++;
        if (at->node->kind == NODE_MAP)
            strbuf_addf(out, "%s%s", before ? ", " : "", c->node->key);
        else
            strbuf_addf(out, " %u", i);
        if (c == piece || put_path(out, c, piece))
            return true;
        out->len = before;
    }
    return false;
}

void piece_name(struct strbuf *out, const struct piece *root,
                const struct piece *piece)
{
    struct strbuf path = STRBUF_INIT;

    put_path(&path, root, piece);
    strbuf_add(out, strbuf_str(&path), path.len);
    strbuf_release(&path);
    if (piece->node->kind == NODE_SCALAR)
        strbuf_addf(out, ": %s", piece->node->text);
    else if (piece->first && piece->first->node->key && piece->n == 1)
        strbuf_addf(out, ": %s", piece->first->node->key);
}
