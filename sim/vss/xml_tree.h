/*
 * xml_tree.h - an XML document as a tree that can be read, edited, written.
 *
 * Everything that a document holds survives load, edit, save: elements and
 * attributes that nobody here knows stay where they are, in their order.
 * Comments, processing instructions and white space between elements go.
 *
 * Ownership: nodes, attributes and their strings live in blocks that the
 * tree obtains from its `struct tree_memory` and gives back all at once in
 * tree_release. The memory of a node is never given back before, so a pointer
 * to one stays valid as long as its tree, even when another node took its
 * place. An edit that fails for want of memory changes nothing.
 * Strings are UTF-8.
 */
#ifndef VSS_XML_TREE_H
#define VSS_XML_TREE_H

#include <stdbool.h>
#include <stddef.h>

/* Deeper or longer documents are refused; a saved System Writer document of
 * a real machine has 2 MiB and is five levels deep. */
#define TREE_DEPTH_LIMIT 64u
#define TREE_SIZE_LIMIT (64u << 20)

struct tree_memory {
    void *(*alloc)(void *context, size_t size); /* NULL when short */
    void (*free)(void *context, void *memory);
    void *context;
};

struct tree_attribute {
    struct tree_attribute *next;
    const char *name;
    const char *value;
};

struct tree_node {
    struct tree_node *parent, *next, *first, *last;
    struct tree_attribute *attributes;
    const char *name; /* NULL: a piece of text */
    const char *text;
};

struct tree {
    struct tree_memory memory;
    struct tree_block *blocks;
    struct tree_node *root;
};

enum tree_result { TREE_OK, TREE_MALFORMED, TREE_NO_MEMORY };

struct tree_error {
    unsigned long line;
    const char *text; /* static */
};

typedef void (*tree_sink)(void *context, const char *bytes, size_t size);

void tree_init(struct tree *tree, const struct tree_memory *memory);
void tree_release(struct tree *tree); /* the last that is done with it */

/* Fills an empty tree. With a DTD, or beyond a limit: TREE_MALFORMED. */
enum tree_result tree_parse(struct tree *tree, const char *utf8, size_t size,
                            struct tree_error *error);

/* Memory of the tree; NULL when short. */
void *tree_alloc(struct tree *tree, size_t size);
/* What was allocated since the mark is given back. Nothing of it may be in
 * the tree, and the tree is not empty. */
struct tree_block;
struct tree_mark {
    struct tree_block *block;
    size_t used;
};
struct tree_mark tree_mark(const struct tree *tree);
void tree_back(struct tree *tree, struct tree_mark mark);
char *tree_copy(struct tree *tree, const char *text, size_t size);

/* A new element outside the tree; `name` is static or the tree's own. */
struct tree_node *tree_new(struct tree *tree, const char *name);
void tree_attach(struct tree_node *parent, struct tree_node *child);
/* Puts `node` where `old` is, in the same parent. */
void tree_replace(struct tree_node *old, struct tree_node *node);
/* Sets an attribute; `name` and `value` are static or the tree's own. With
 * NULL there is none, but room for it: setting it later cannot fail. */
bool tree_set(struct tree *tree, struct tree_node *node, const char *name,
              const char *value);

const char *tree_get(const struct tree_node *node, const char *name);
/* The first child element, the next sibling, the i-th child, their number:
 * of those called `name`. */
struct tree_node *tree_child(const struct tree_node *node, const char *name);
struct tree_node *tree_next(const struct tree_node *node, const char *name);
struct tree_node *tree_nth(const struct tree_node *node, const char *name,
                           unsigned i);
unsigned tree_count(const struct tree_node *node, const char *name);

/* Writes a node and all below it, without an XML declaration. */
void tree_write(const struct tree_node *node, tree_sink sink, void *context);

#endif
