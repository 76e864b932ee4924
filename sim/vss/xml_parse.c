/*
 * xml_parse.c - XML text into a tree, see xml_tree.h.
 *
 * expat takes its memory from the tree's owner. Its memory functions have no
 * context argument, so the owner is found through a thread-local pointer that
 * is set only while one tree_parse runs and put back after it: a parse inside
 * a parse, or on another thread, works. No parser outlives the call, and its
 * hash salt is fixed: the same bytes cost the same allocations every time.
 */
#include <stdalign.h>
#include <string.h>

#include <expat.h>

#include "vss/xml_tree.h"

static _Thread_local const struct tree_memory *current;

struct header {
    alignas(max_align_t) size_t size;
};

static void *parser_alloc(size_t size)
{
    struct header *header;

    header = current->alloc(current->context, sizeof(*header) + size);
    if (!header)
        return NULL;
    header->size = size;
    return header + 1;
}

static void parser_free(void *memory)
{
    if (memory)
        current->free(current->context, (struct header *)memory - 1);
}

static void *parser_realloc(void *memory, size_t size)
{
    /* not taken: expat reallocates what it has */
    size_t old = memory ? ((struct header *)memory - 1)->size : 0;
    void *grown = parser_alloc(size);

    if (!grown)
        return NULL;
    /* not taken: expat only makes larger */
    memcpy(grown, memory, old < size ? old : size);
    parser_free(memory);
    return grown;
}

struct parse {
    struct tree *tree;
    struct tree_node *open;
    unsigned depth;
    XML_Parser parser;
    enum tree_result result;
    const char *text; /* of our own refusal */
};

static void stop(struct parse *parse, enum tree_result result,
                 const char *text)
{
    parse->result = result;
    parse->text = text;
    XML_StopParser(parse->parser, XML_FALSE);
}

static bool add_attributes(struct parse *parse, struct tree_node *node,
                           const char **attributes)
{
    struct tree_attribute **at = &node->attributes;

    for (; *attributes; attributes += 2) {
        *at = tree_alloc(parse->tree, sizeof(**at));
        if (!*at)
            return false;
        (*at)->name =
            tree_copy(parse->tree, attributes[0], strlen(attributes[0]));
        (*at)->value =
            tree_copy(parse->tree, attributes[1], strlen(attributes[1]));
        if (!(*at)->name || !(*at)->value)
            return false;
        at = &(*at)->next;
    }
    return true;
}

static void XMLCALL on_start(void *context, const char *name,
                             const char **attributes)
{
    struct parse *parse = context;
    struct tree_node *node;
    char *copy;

    if (++parse->depth > TREE_DEPTH_LIMIT) {
        stop(parse, TREE_MALFORMED, "elements nested too deep");
        return;
    }
    copy = tree_copy(parse->tree, name, strlen(name));
    node = copy ? tree_new(parse->tree, copy) : NULL;
    if (!node || !add_attributes(parse, node, attributes)) {
        stop(parse, TREE_NO_MEMORY, "out of memory");
        return;
    }
    if (parse->open)
        tree_attach(parse->open, node);
    else
        parse->tree->root = node;
    parse->open = node;
}

static void XMLCALL on_end(void *context, const char *name)
{
    struct parse *parse = context;

    (void)name;
    if (parse->result != TREE_OK)
        return;
    parse->depth--;
    parse->open = parse->open->parent;
}

/* White space counts only where text went before it: however the parser cuts
 * the text into pieces. */
static void XMLCALL on_text(void *context, const char *text, int length)
{
    struct parse *parse = context;
    struct tree_node *last = parse->open->last;
    struct tree_node *node;
    int i = 0;

    while (!(last && !last->name) && i < length && strchr(" \t\r\n", text[i]))
        i++;
    if (i == length)
        return;
    node = tree_new(parse->tree, NULL);
    if (node)
        node->text = tree_copy(parse->tree, text + i, (size_t)(length - i));
    if (!node || !node->text)
        stop(parse, TREE_NO_MEMORY, "out of memory");
    else
        tree_attach(parse->open, node);
}

static void XMLCALL on_doctype(void *context, const char *name,
                               const char *system, const char *public_id,
                               int internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)internal;
    stop(context, TREE_MALFORMED, "a document type declaration");
}

static void run(struct parse *parse, const char *utf8, size_t size,
                struct tree_error *error)
{
    XML_SetHashSalt(parse->parser, 1);
    XML_SetUserData(parse->parser, parse);
    XML_SetElementHandler(parse->parser, on_start, on_end);
    XML_SetCharacterDataHandler(parse->parser, on_text);
    XML_SetStartDoctypeDeclHandler(parse->parser, on_doctype);
    /* Releases of expat differ in what they allocate for no bytes at all. */
    if (size == 0)
        stop(parse, TREE_MALFORMED, "no element found");
    else if (XML_Parse(parse->parser, utf8, (int)size, XML_TRUE) ==
             XML_STATUS_OK)
        return;
    if (parse->result == TREE_OK) {
        enum XML_Error code = XML_GetErrorCode(parse->parser);

        parse->result =
            code == XML_ERROR_NO_MEMORY ? TREE_NO_MEMORY : TREE_MALFORMED;
        parse->text = XML_ErrorString(code);
    }
    error->line = (unsigned long)XML_GetCurrentLineNumber(parse->parser);
    error->text = parse->text;
}

enum tree_result tree_parse(struct tree *tree, const char *utf8, size_t size,
                            struct tree_error *error)
{
    static const XML_Memory_Handling_Suite suite = {
        parser_alloc, parser_realloc, parser_free};
    const struct tree_memory *outer = current;
    struct parse parse = {.tree = tree, .result = TREE_OK};

    error->line = 1;
    error->text = "out of memory";
    if (size > TREE_SIZE_LIMIT) {
        error->text = "the document is too long";
        return TREE_MALFORMED;
    }
    current = &tree->memory;
    /* The encoding is ours to say: the text was UTF-16 a moment ago, and a
     * declaration that still says so is out of date. */
    parse.parser = XML_ParserCreate_MM("UTF-8", &suite, NULL);
    if (parse.parser) {
        run(&parse, utf8, size, error);
        XML_ParserFree(parse.parser);
    } else {
        parse.result = TREE_NO_MEMORY;
    }
    current = outer;
    return parse.result;
}
