/* document_components.c - attributes and components, see document.h. */
#include <stdio.h>
#include <string.h>

#include "com/document_values.h"
#include "com/text.h"
#include "vss/document.h"

/* be000cbe-11fe-4426-9c58-531aa6355fc4, page "In-Box VSS Writers". */
const GUID vss_asr_writer = {
    0xbe000cbe, 0x11fe, 0x4426, {0x9c, 0x58, 0x53, 0x1a, 0xa6, 0x35, 0x5f,
                                 0xc4}};

bool node_guid(const struct tree_node *node, const char *name, GUID *guid)
{
    const char *text = tree_get(node, name);

    memset(guid, 0, sizeof(*guid));
    return text && guid_parse(text, guid);
}

bool node_yes(const struct tree_node *node, const char *name, bool absent)
{
    const char *text = tree_get(node, name);

    if (!text)
        return absent;
    return strcmp(text, "yes") == 0 || strcmp(text, "true") == 0 ||
           strcmp(text, "1") == 0;
}

uint32_t node_number(const struct tree_node *node, const char *name)
{
    const char *text = node ? tree_get(node, name) : NULL;
    uint32_t value = 0;

    for (; text && *text >= '0' && *text <= '9'; text++)
        value = value * 10 + (uint32_t)(*text - '0');
    return value;
}

bool node_set(struct vss_document *document, struct tree_node *node,
              const char *name, const char *value)
{
    return tree_set(&document->tree, node, name, value);
}

bool node_set_wide(struct vss_document *document, struct tree_node *node,
                   const char *name, const WCHAR *value)
{
    size_t length = wide_length(value);
    size_t size = wide_to_utf8(value, length, NULL, 0);
    char *copy = tree_alloc(&document->tree, size + 1);

    if (!copy)
        return false;
    wide_to_utf8(value, length, copy, size + 1);
    return node_set(document, node, name, copy);
}

const WCHAR *wide_guid(const GUID *guid, WCHAR out[GUID_TEXT])
{
    char text[GUID_TEXT];

    utf8_to_wide(guid_text(guid, text), GUID_TEXT, out, GUID_TEXT);
    return out;
}

const WCHAR *wide_number(uint32_t value, WCHAR out[NUMBER_TEXT])
{
    char text[NUMBER_TEXT];

    snprintf(text, sizeof(text), "%u", (unsigned)value);
    utf8_to_wide(text, strlen(text), out, NUMBER_TEXT);
    return out;
}

bool node_set_number(struct vss_document *document, struct tree_node *node,
                     const char *name, uint32_t value)
{
    WCHAR text[NUMBER_TEXT];

    return node_set_wide(document, node, name, wide_number(value, text));
}

struct tree_node *node_new(struct vss_document *document, const char *element,
                           const struct vss_value *values, unsigned n)
{
    struct tree_node *node = tree_new(&document->tree, element);
    bool done = node != NULL;

    for (unsigned i = 0; done && i < n; i++) {
        if (values[i].text)
            done = node_set(document, node, values[i].name, values[i].text);
        else if (values[i].wide)
            done =
                node_set_wide(document, node, values[i].name, values[i].wide);
    }
    return done ? node : NULL;
}

bool node_add(struct vss_document *document, struct tree_node *parent,
              const char *element, const struct vss_value *values, unsigned n,
              bool replace)
{
    struct tree_node *old = replace ? tree_child(parent, element) : NULL;
    struct tree_node *node = node_new(document, element, values, n);

    if (node && old)
        tree_replace(old, node);
    else if (node)
        tree_attach(parent, node);
    return node != NULL;
}

VSS_COMPONENT_TYPE component_type(const struct tree_node *node)
{
    return (VSS_COMPONENT_TYPE)document_value("VSS_COMPONENT_TYPE",
                                              tree_get(node, "componentType"));
}

bool component_is(const struct tree_node *node, VSS_COMPONENT_TYPE type,
                  const WCHAR *logical_path, const WCHAR *name)
{
    /* A missing logical path comes as NULL from one requester and as an
     * empty string from another: they mean the same. */
    return component_type(node) == type &&
           vss_same_text(tree_get(node, "componentName"), name) &&
           vss_same_text(tree_get(node, "logicalPath"), logical_path);
}

struct tree_node *document_component(const struct vss_document *document,
                                     const GUID *writer,
                                     VSS_COMPONENT_TYPE type,
                                     const WCHAR *logical_path,
                                     const WCHAR *name)
{
    return document_component_after(document, NULL, writer, type, logical_path,
                                    name);
}

struct tree_node *document_component_after(const struct vss_document *document,
                                           const struct tree_node *after,
                                           const GUID *writer,
                                           VSS_COMPONENT_TYPE type,
                                           const WCHAR *logical_path,
                                           const WCHAR *name)
{
    struct tree_node *of, *component;
    bool passed = !after;
    GUID id;

    for (of = tree_child(document->tree.root, BCD_WRITER); of;
         of = tree_next(of, BCD_WRITER)) {
        if (!node_guid(of, "writerId", &id) || !guid_equal(&id, writer))
            continue;
        for (component = tree_child(of, BCD_COMPONENT); component;
             component = tree_next(component, BCD_COMPONENT)) {
            if (passed && component_is(component, type, logical_path, name))
                return component;
            passed |= component == after;
        }
    }
    return NULL;
}

bool component_selected(const struct vss_document *document,
                        const struct tree_node *component)
{
    GUID writer;

    if (node_yes(component, "selectedForRestore", false))
        return true;
    return document->asr_selected &&
           node_guid(component->parent, "writerId", &writer) &&
           guid_equal(&writer, &vss_asr_writer);
}

bool document_has_asr(const struct vss_document *document)
{
    struct tree_node *of;
    GUID id;

    for (of = tree_child(document->tree.root, BCD_WRITER); of;
         of = tree_next(of, BCD_WRITER))
        if (node_guid(of, "writerId", &id) &&
            guid_equal(&id, &vss_asr_writer) && tree_child(of, BCD_COMPONENT))
            return true;
    return false;
}
