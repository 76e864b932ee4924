/*
 * betest.c - which writers and components a run of BETest takes: the XML of
 * its option /X, and the older list of /C, one line a writer:
 * "id" : "name", "name". They become a restore of exactly these.
 */
#include <string.h>

#include "com/text.h"
#include "import/parts.h"

static struct fact *add_writer(struct facts *facts, unsigned long line,
                               const char *id)
{
    struct fact *f;
    GUID guid;

    if (!id || !guid_parse(id, &guid)) {
        import_unread(facts->im, line,
                      "a writer whose id \"%s\" is no GUID: left out",
                      id ? id : "");
        return NULL;
    }
    f = facts_add(facts, line);
    if (!f)
        return NULL;
    f->has_class = true;
    f->class = guid;
    f->state = VSS_WS_STABLE;
    f->has_code = true;
    return f;
}

static void put_component(struct strbuf *out, const char *path,
                          const char *name)
{
    strbuf_adds(out, out->len ? "      - { " : "    components:\n      - { ");
    strbuf_adds(out, "type: VSS_CT_FILEGROUP, ");
    if (path && *path) {
        strbuf_adds(out, "path: ");
        yaml_text(out, path);
        strbuf_adds(out, ", ");
    }
    strbuf_adds(out, "name: ");
    yaml_text(out, name);
    strbuf_adds(out, " }\n");
}

static void finish(struct facts *facts)
{
    struct import *im = facts->im;

    facts->kind = "a selection of BETest";
    if (!facts->n) {
        import_problem(im, 0,
                       "unreadable: no writer is found in it: Writer "
                       "with writerid, or \"id\" : \"name\" is allowed");
        return;
    }
    facts_complete(facts);
    emit_facts(facts);
}

static void components(struct import *im, struct fact *f,
                       struct xml_element *writer)
{
    struct strbuf body = STRBUF_INIT;

    for (struct xml_element *i = writer->first; i; i = i->next) {
        const char *name = xml_get(i, "componentName");
        const char *path = xml_get(i, "logicalPath");

        if (!text_is(i->name, strlen(i->name), "Component")) {
            import_unread(im, i->line, "element %s in Writer", i->name);
            continue;
        }
        if (name && *name)
            put_component(&body, path, name);
        else
            import_unread(im, i->line, "Component without componentName");
        xml_rest(im, i);
    }
    if (body.len) {
        f->body = arena_strdup(im->arena, body.buf);
        import_assume(im, f->line,
                      "the components are of type VSS_CT_FILEGROUP and are "
                      "all that the writer has");
    }
    strbuf_release(&body);
}

void import_betest(struct import *im, struct xml_element *root)
{
    struct facts facts = {.im = im};

    xml_rest(im, root);
    for (struct xml_element *i = root->first; i; i = i->next) {
        struct fact *f;

        if (!text_is(i->name, strlen(i->name), "Writer")) {
            import_unread(im, i->line, "element %s in BETest", i->name);
            continue;
        }
        f = add_writer(&facts, i->line, xml_get(i, "writerid"));
        if (f)
            components(im, f, i);
        xml_rest(im, i);
    }
    finish(&facts);
}

/* --- the list --- */

/* "text" at *at: the text, and *at behind it. */
static const char *quoted(struct arena *arena, const char **at)
{
    const char *from = *at + 1, *end;

    if (**at != '"' || !(end = strchr(from, '"')))
        return NULL;
    *at = end + 1;
    while (**at == ' ')
        ++*at;
    return arena_strndup(arena, from, (size_t)(end - from));
}

static bool is_list_line(struct arena *arena, const char *text)
{
    const char *id = quoted(arena, &text);
    GUID guid;

    return id && guid_parse(id, &guid) && *text == ':';
}

static void list_line(struct facts *facts, const struct line *line)
{
    struct import *im = facts->im;
    struct strbuf body = STRBUF_INIT;
    const char *at = line->text, *name;
    struct fact *f = add_writer(facts, line->number, quoted(im->arena, &at));

    if (!f)
        return;
    do {
        at++; /* the colon or comma */
        while (*at == ' ')
            at++;
        name = quoted(im->arena, &at);
        if (name && *name) {
            const char *slash = strrchr(name, '\\');

            put_component(
                &body,
                slash ? arena_strndup(im->arena, name, (size_t)(slash - name))
                      : NULL,
                slash && slash[1] ? slash + 1 : name);
        }
    } while (*at == ',');
    if (*at && strcmp(at, ";") != 0)
        import_unread(im, line->number, "%s", at);
    if (body.len)
        f->body = arena_strdup(im->arena, body.buf);
    strbuf_release(&body);
}

bool import_betest_list(struct import *im, struct line *lines)
{
    struct facts facts = {.im = im};

    if (!lines || !is_list_line(im->arena, lines->text))
        return false;
    for (const struct line *line = lines; line; line = line->next)
        if (is_list_line(im->arena, line->text))
            list_line(&facts, line);
        else
            import_unread(im, line->number, "%s", line->text);
    finish(&facts);
    return true;
}
