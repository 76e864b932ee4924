/* load_step_args.c - the values of a step: arguments, and what is expected of
 * out-parameters. */
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "com/hresult.h"
#include "com/text.h"
#include "scenario/load_steps.h"

static void load_guid(struct loader *l, struct step_arg *a,
                      const struct api_param *p, const struct node *n)
{
    const struct scenario_writer *w;
    const char *text;

    if (!node_text(l->problems, n, &text) || guid_parse(text, &a->guid))
        return;
    if (p->form == API_SHADOW_COPY) {
        const struct named *id = load_find_name(l, text);

        if (id && id->family == NAMED_ID)
            a->saved = text;
        else
            problem_at(l->problems, n,
                       "\"%s\" is no shadow copy: a GUID is allowed, or a "
                       "name that an earlier StartSnapshotSet or "
                       "AddToSnapshotSet got with as",
                       text);
        return;
    }
    w = load_find_writer(l, n);
    if (w)
        a->guid = p->form == API_INSTANCE ? w->writer.instance
                                          : w->writer.desc->writer;
}

static void load_guids(struct loader *l, struct step_arg *a,
                       const struct api_param *p, const struct node *list)
{
    struct step_arg one = {0};
    GUID *guids;

    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        a->n_guids++;
    guids = arena_alloc(l->arena, (a->n_guids + 1) * sizeof(*guids));
    a->guids = guids;
    for (const struct node *n = list->first; n; n = n->next) {
        load_guid(l, &one, p, n);
        *guids++ = one.guid;
    }
}

static void load_number(struct loader *l, struct step_arg *a,
                        const struct api_param *p, const struct node *n)
{
    uint64_t ms;

    if (p->form == API_BITS)
        load_bits(l, n, &a->num);
    else if (p->form != API_TIME || n->kind != NODE_SCALAR)
        node_int(l->problems, n, &a->num);
    else if (strcmp(n->text, "INFINITE") == 0)
        a->num = VSSIM_FOREVER;
    else if (node_time(l->problems, n, &ms))
        a->num = (int64_t)ms;
}

void load_step_arg(struct loader *l, struct step_arg *a,
                   const struct api_param *p, const struct node *n)
{
    bool flag;
    int32_t hr;

    a->given = true;
    if (node_is_null(n)) {
        a->null = true;
        if (p->dir == API_IN && p->kind != API_TEXT && p->kind != API_GUIDS &&
            p->kind != API_OPAQUE)
            problem_at(l->problems, n,
                       "%s is passed by value: null is not "
                       "allowed",
                       p->name);
        return;
    }
    if (p->dir == API_OUT) {
        problem_at(l->problems, n,
                   "%s is an out-parameter: null is allowed here, expected "
                   "values stand in out: { %s: ... }",
                   p->name, p->name);
        return;
    }
    switch (p->kind) {
    case API_BOOL:
        if (node_bool(l->problems, n, &flag))
            a->num = flag;
        break;
    case API_ENUM:
        if (n->kind == NODE_SCALAR && n->plain && n->text[0] >= '0' &&
            n->text[0] <= '9')
            node_int(l->problems, n, &a->num); /* out of range on purpose */
        else
            node_enum(l->problems, n, p->type, &a->num);
        break;
    case API_HR:
        if (node_hresult(l->problems, n, &hr))
            a->num = hr;
        break;
    case API_GUID:
        load_guid(l, a, p, n);
        break;
    case API_GUIDS:
        load_guids(l, a, p, n);
        break;
    case API_INT:
        load_number(l, a, p, n);
        break;
    default:
        node_text(l->problems, n, &a->text);
    }
}

/* The text of an expected value, checked against the parameter's kind. */
static const char *want_text(struct loader *l, const struct api_param *p,
                             const struct node *n)
{
    int64_t number;
    int32_t hr;
    bool flag;
    GUID guid;
    char text[GUID_TEXT];

    if (n->kind != NODE_SCALAR && p->form != API_BITS) {
        problem_at(l->problems, n, "a value is allowed");
        return "";
    }
    if (node_is_null(n))
        return "null";
    if (n->plain && n->text && strcmp(n->text, "any") == 0)
        return "*"; /* no value reads so */
    switch (p->kind) {
    case API_HR:
        node_hresult(l->problems, n, &hr);
        break;
    case API_ENUM:
        node_enum(l->problems, n, p->type, &number);
        break;
    case API_BOOL:
        node_bool(l->problems, n, &flag);
        break;
    case API_INT:
        if (p->form == API_BITS) {
            number = 0;
            load_bits(l, n, &number);
            return arena_printf(l->arena, "%lld", (long long)number);
        }
        node_int(l->problems, n, &number);
        break;
    case API_GUID:
        if (load_find_name(l, n->text) &&
            load_find_name(l, n->text)->family == NAMED_ID)
            return n->text;
        if (guid_parse(n->text, &guid))
            return arena_strdup(l->arena, guid_text(&guid, text));
        problem_at(l->problems, n, "\"%s\" is no GUID", n->text);
        break;
    case API_OBJECT:
        problem_at(l->problems, n,
                   "an interface pointer: any or null is "
                   "allowed");
        break;
    default:
        break;
    }
    return n->text;
}

void load_add_want(struct loader *l, struct step *s, const char *param,
                   const char *want, const struct node *where)
{
    struct step_want *w = arena_alloc(l->arena, sizeof(*w));
    struct step_want **at = &s->wants;

    w->param = param;
    w->want = want;
    w->saved =
        load_find_name(l, want) && load_find_name(l, want)->family == NAMED_ID;
    w->line = where->key_line;
    w->col = where->key_col;
    while (*at)
        at = &(*at)->next;
    *at = w;
}

void load_want_param(struct loader *l, struct step *s, const char *param,
                     const struct node *n)
{
    const struct api_method *m = s->method;

    for (unsigned i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, param) == 0 &&
            m->params[i].dir == API_OUT) {
            load_add_want(l, s, m->params[i].name,
                          want_text(l, &m->params[i], n), n);
            return;
        }
    if (api_has_fields(m) && api_field(param)) {
        const struct api_param *field = api_field(param);

        load_add_want(l, s, field->name, want_text(l, field, n), n);
        return;
    }
    problem_at_key(l->problems, n, "%s has no out-parameter \"%s\"", m->name,
                   param);
}

const char *load_codes(struct loader *l, const struct node *n)
{
    struct strbuf codes = STRBUF_INIT;
    const char *out;
    int32_t hr;

    if (n->kind == NODE_SCALAR && n->plain && strcmp(n->text, "any") == 0)
        return "*"; /* whatever it returns */

    if (n->kind == NODE_LIST) {
        for (const struct node *i = n->first; i; i = i->next)
            if (node_hresult(l->problems, i, &hr))
                strbuf_addf(&codes, "%s%s", codes.len ? "|" : "", i->text);
    } else if (node_hresult(l->problems, n, &hr)) {
        strbuf_adds(&codes, n->text);
    }
    out = arena_strdup(l->arena, strbuf_str(&codes));
    strbuf_release(&codes);
    return out;
}
