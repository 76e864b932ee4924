/* xml_tree.c - the tree of xml_tree.h: memory, edits, look-ups. */
#include "vss/xml_tree.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#define BLOCK_FIRST 1024u
#define BLOCK_LARGEST (256u << 10)

struct tree_block {
    struct tree_block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

void tree_init(struct tree *tree, const struct tree_memory *memory)
{
    *tree = (struct tree){.memory = *memory};
}

void tree_release(struct tree *tree)
{
    struct tree_block *block = tree->blocks;

    while (block) {
        struct tree_block *next = block->next;

        tree->memory.free(tree->memory.context, block);
        block = next;
    }
}

void *tree_alloc(struct tree *tree, size_t size)
{
    struct tree_block *block = tree->blocks;
    size_t room;
    void *memory;

    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!block || block->size - block->used < size) {
        room = block ? block->size * 2 : BLOCK_FIRST;
        if (room > BLOCK_LARGEST)
            room = BLOCK_LARGEST;
        if (room < size)
            room = size;
        block =
            tree->memory.alloc(tree->memory.context, sizeof(*block) + room);
        if (!block)
            return NULL;
        block->next = tree->blocks;
        block->used = 0;
        block->size = room;
        tree->blocks = block;
    }
    memory = block->bytes + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

struct tree_mark tree_mark(const struct tree *tree)
{
    struct tree_mark mark = {tree->blocks, tree->blocks->used};

    return mark;
}

void tree_back(struct tree *tree, struct tree_mark mark)
{
    while (tree->blocks != mark.block) {
        struct tree_block *next = tree->blocks->next;

        tree->memory.free(tree->memory.context, tree->blocks);
        tree->blocks = next;
    }
    tree->blocks->used = mark.used;
}

char *tree_copy(struct tree *tree, const char *text, size_t size)
{
    char *copy = tree_alloc(tree, size + 1);

    if (copy)
        memcpy(copy, text, size);
    return copy;
}

struct tree_node *tree_new(struct tree *tree, const char *name)
{
    struct tree_node *node = tree_alloc(tree, sizeof(*node));

    if (node)
        node->name = name;
    return node;
}

void tree_attach(struct tree_node *parent, struct tree_node *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void tree_replace(struct tree_node *old, struct tree_node *node)
{
    struct tree_node *parent = old->parent;
    struct tree_node **at = &parent->first;

    while (*at != old)
        at = &(*at)->next;
    *at = node;
    node->parent = parent;
    node->next = old->next;
    if (parent->last == old)
        parent->last = node;
}

bool tree_set(struct tree *tree, struct tree_node *node, const char *name,
              const char *value)
{
    struct tree_attribute **at = &node->attributes;
    struct tree_attribute *attribute;

    for (; *at; at = &(*at)->next)
        if (strcmp((*at)->name, name) == 0) {
            (*at)->value = value;
            return true;
        }
    attribute = tree_alloc(tree, sizeof(*attribute));
    if (!attribute)
        return false;
    attribute->name = name;
    attribute->value = value;
    *at = attribute;
    return true;
}

const char *tree_get(const struct tree_node *node, const char *name)
{
    const struct tree_attribute *at;

    for (at = node->attributes; at; at = at->next)
        if (strcmp(at->name, name) == 0)
            return at->value;
    return NULL;
}

/* Names are compared without their namespace prefix: which one a document
 * uses is its own affair. */
static bool called(const struct tree_node *node, const char *name)
{
    const char *colon;

    if (!node->name)
        return false;
    colon = strchr(node->name, ':');
    return strcmp(colon ? colon + 1 : node->name, name) == 0;
}

static struct tree_node *from(struct tree_node *node, const char *name)
{
    while (node && !called(node, name))
        node = node->next;
    return node;
}

struct tree_node *tree_child(const struct tree_node *node, const char *name)
{
    return node ? from(node->first, name) : NULL;
}

struct tree_node *tree_next(const struct tree_node *node, const char *name)
{
    return from(node->next, name);
}

struct tree_node *tree_nth(const struct tree_node *node, const char *name,
                           unsigned i)
{
    struct tree_node *child = tree_child(node, name);

    while (child && i--)
        child = tree_next(child, name);
    return child;
}

unsigned tree_count(const struct tree_node *node, const char *name)
{
    unsigned n = 0;

    for (struct tree_node *child = tree_child(node, name); child;
         child = tree_next(child, name))
        n++;
    return n;
}
