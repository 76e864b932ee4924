/* xml.c - a small tree of elements with their lines; see parts.h. */
#include <expat.h>
#include <string.h>

#include "import/parts.h"

#define XML_MAX_DEPTH 32
#define XML_MAX_ELEMENTS 3000

struct parser {
    struct import *im;
    XML_Parser expat;
    struct xml_element *root, *open;
    unsigned depth, elements;
    const char *why; /* it was stopped */
};

static void stop(struct parser *p, const char *why)
{
    p->why = why;
    XML_StopParser(p->expat, XML_FALSE);
}

static void XMLCALL begin(void *context, const XML_Char *name,
                          const XML_Char **attributes)
{
    struct parser *p = context;
    struct arena *arena = p->im->arena;
    struct xml_element *e;
    struct xml_attribute **at;

    if (++p->depth > XML_MAX_DEPTH || ++p->elements > XML_MAX_ELEMENTS) {
        stop(p, "deeper or larger than any such file: 32 levels and 3000 "
                "elements are allowed");
        return;
    }
    e = arena_alloc(arena, sizeof(*e));
    e->name = arena_strdup(arena, name);
    e->line = XML_GetCurrentLineNumber(p->expat);
    e->parent = p->open;
    at = &e->attributes;
    for (; *attributes; attributes += 2) {
        *at = arena_alloc(arena, sizeof(**at));
        (*at)->name = arena_strdup(arena, attributes[0]);
        (*at)->value = arena_strdup(arena, attributes[1]);
        at = &(*at)->next;
    }
    if (!p->open)
        p->root = e;
    else if (p->open->last)
        p->open->last->next = e;
    else
        p->open->first = e;
    if (p->open)
        p->open->last = e;
    p->open = e;
}

static void XMLCALL end(void *context, const XML_Char *name)
{
    struct parser *p = context;

    (void)name;
    p->depth--;
    p->open = p->open->parent;
}

static void XMLCALL entity(void *context, const XML_Char *name, int parameter,
                           const XML_Char *value, int length,
                           const XML_Char *base, const XML_Char *system_id,
                           const XML_Char *public_id, const XML_Char *notation)
{
    (void)name;
    (void)parameter;
    (void)value;
    (void)length;
    (void)base;
    (void)system_id;
    (void)public_id;
    (void)notation;
    stop(context, "it declares entities, which no such file does");
}

struct xml_element *xml_read(struct import *im, const char *text, size_t size)
{
    struct parser p = {.im = im, .expat = XML_ParserCreate("UTF-8")};
    enum XML_Status status;

    if (!p.expat) {
        import_problem(im, 0, "out of memory");
        return NULL;
    }
    XML_SetHashSalt(p.expat, 1);
    XML_SetUserData(p.expat, &p);
    XML_SetElementHandler(p.expat, begin, end);
    XML_SetEntityDeclHandler(p.expat, entity);
    status = XML_Parse(p.expat, text, (int)size, 1);
    if (status != XML_STATUS_OK) {
        import_problem(
            im, XML_GetCurrentLineNumber(p.expat), "unreadable XML: %s",
            p.why ? p.why : XML_ErrorString(XML_GetErrorCode(p.expat)));
        p.root = NULL;
    }
    XML_ParserFree(p.expat);
    return p.root;
}

const char *xml_get(struct xml_element *element, const char *name)
{
    for (struct xml_attribute *a = element->attributes; a; a = a->next)
        if (text_is(a->name, strlen(a->name), name)) {
            a->used = true;
            return a->value;
        }
    return NULL;
}

void xml_rest(struct import *im, const struct xml_element *element)
{
    for (const struct xml_attribute *a = element->attributes; a; a = a->next)
        if (!a->used && strncmp(a->name, "xmlns", 5) != 0 &&
            strncmp(a->name, "xsi:", 4) != 0)
            import_unread(im, element->line, "attribute %s=\"%s\" of %s",
                          a->name, a->value, element->name);
}
