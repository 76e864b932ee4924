/* xml_write.c - a tree as XML text, see xml_tree.h. */
#include <string.h>

#include "vss/xml_tree.h"

struct out {
    tree_sink sink;
    void *context;
};

static void put(const struct out *out, const char *text)
{
    out->sink(out->context, text, strlen(text));
}

/* What may not stand for itself; NULL when `c` may. Line ends and tabs are
 * written as references, or a reader would turn them into blanks. What XML
 * 1.0 cannot hold at all becomes U+FFFD. */
static const char *escape(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#x9;";
    case '\n':
        return "&#xA;";
    case '\r':
        return "&#xD;";
    default:
        return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

/* U+FFFE and U+FFFF in UTF-8 are EF BF BE and EF BF BF. */
static bool forbidden(const char *text)
{
    return (unsigned char)text[0] == 0xEF && (unsigned char)text[1] == 0xBF &&
           (unsigned char)text[2] >= 0xBE;
}

static void put_escaped(const struct out *out, const char *text)
{
    const char *start = text;

    for (; *text; text++) {
        bool bad = forbidden(text);
        const char *other =
            bad ? "\xEF\xBF\xBD" : escape((unsigned char)*text);

        if (!other)
            continue;
        out->sink(out->context, start, (size_t)(text - start));
        put(out, other);
        if (bad)
            text += 2;
        start = text + 1;
    }
    out->sink(out->context, start, (size_t)(text - start));
}

static void open_element(const struct out *out, const struct tree_node *node)
{
    put(out, "<");
    put(out, node->name);
    for (const struct tree_attribute *at = node->attributes; at;
         at = at->next) {
        if (!at->value)
            continue;
        put(out, " ");
        put(out, at->name);
        put(out, "=\"");
        put_escaped(out, at->value);
        put(out, "\"");
    }
    put(out, node->first ? ">" : "/>");
}

static void close_element(const struct out *out, const struct tree_node *node)
{
    put(out, "</");
    put(out, node->name);
    put(out, ">");
}

void tree_write(const struct tree_node *root, tree_sink sink, void *context)
{
    const struct out out = {sink, context};
    const struct tree_node *node = root;

    while (node) {
        if (node->name)
            open_element(&out, node);
        else
            put_escaped(&out, node->text);
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            close_element(&out, node);
        }
        node = node->next; /* a root has none */
    }
}
