/* load_faults.c - the key faults. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "scenario/load.h"

static const struct {
    const char *name;
    enum fault_kind kind;
    HRESULT code;
} fault_kinds[] = {
    {"alloc", FAULT_ALLOC, E_OUTOFMEMORY},
    {"thread", FAULT_THREAD, E_OUTOFMEMORY},
    {"service", FAULT_SERVICE, VSS_E_UNEXPECTED},
    {"access", FAULT_ACCESS, E_ACCESSDENIED},
    {"provider", FAULT_PROVIDER, VSS_E_PROVIDER_VETO},
    {"async", FAULT_ASYNC, VSS_E_UNEXPECTED},
    {"argument", FAULT_ARGUMENT, S_OK},
};

static bool parse_target(struct loader *l, struct fault *f,
                         const struct node *where, const char *rest)
{
    const char *slash = strchr(rest, '/');
    size_t length = slash ? (size_t)(slash - rest) : strlen(rest);
    char *end;

    f->method = arena_strndup(l->arena, rest, length);
    f->nth = 1;
    if (f->kind == FAULT_ASYNC && !load_event_known(f->method)) {
        problem_at(l->problems, where, "\"%s\" is no event: allowed are %s",
                   f->method, load_all_events(l));
        return false;
    }
    if (f->kind != FAULT_ASYNC && strcmp(f->method, "*") != 0 &&
        !api_find(f->method, 0) && strncmp(f->method, "On", 2) != 0) {
        problem_at(l->problems, where,
                   "\"%s\" is no method of the API: see vssim list --methods",
                   f->method);
        return false;
    }
    if (f->kind == FAULT_ALLOC) {
        f->nth = slash ? (uint32_t)strtoul(slash + 1, &end, 10) : 0;
        if (!slash || f->nth == 0 || *end) {
            problem_at(l->problems, where,
                       "which allocation? alloc/%s/1 is allowed", f->method);
            return false;
        }
    } else if (f->kind == FAULT_ARGUMENT) {
        f->param = slash ? slash + 1 : "";
    } else if (slash) {
        problem_at(l->problems, where,
                   "\"%s\" is too much: see vssim-scenario"
                   "(5), FAULTS",
                   slash);
        return false;
    }
    return true;
}

static bool parse_point(struct loader *l, struct fault *f,
                        const struct node *where)
{
    const char *slash = strchr(f->point, '/');

    if (strcmp(f->point, "service/crash") == 0) {
        f->kind = FAULT_SERVICE_CRASH;
        f->code = VSS_E_UNEXPECTED;
        f->method = "crash";
        return true;
    }
    for (unsigned i = 0; slash && i < ARRAY_SIZE(fault_kinds); i++) {
        size_t length = strlen(fault_kinds[i].name);

        if ((size_t)(slash - f->point) != length ||
            strncmp(f->point, fault_kinds[i].name, length) != 0)
            continue;
        f->kind = fault_kinds[i].kind;
        f->code = fault_kinds[i].code;
        return parse_target(l, f, where, slash + 1);
    }
    problem_at(
        l->problems, where,
        "\"%s\" is no fault: allowed are alloc/METHOD/N, "
        "thread/METHOD, service/METHOD, access/METHOD, "
        "provider/METHOD, async/EVENT, service/crash, argument/METHOD/PARAMETER",
        f->point);
    return false;
}

static void fault_value(struct loader *l, struct fault *f,
                        const struct node *n)
{
    const struct api_method *m = api_find(f->method, 0);

    for (unsigned i = 0; m && i < m->n_params; i++) {
        const struct api_param *p = &m->params[i];
        bool flag;

        if (strcmp(p->name, f->param) != 0 || p->dir != API_IN)
            continue;
        if (p->kind == API_ENUM)
            node_enum(l->problems, n, p->type, &f->value);
        else if (p->kind == API_BOOL && node_bool(l->problems, n, &flag))
            f->value = flag;
        else if (p->kind == API_INT)
            node_int(l->problems, n, &f->value);
        else
            problem_at(l->problems, n,
                       "%s is no number: an integer, boolean or enumeration "
                       "argument can be garbled",
                       f->param);
        return;
    }
    problem_at(l->problems, n, "%s has no argument \"%s\"", f->method,
               f->param);
}

static void load_fault(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {"point", "persistent", "code", "after",
                                       "count", "value",      NULL};
    struct fault *f = arena_alloc(l->arena, sizeof(*f));
    const struct node *n;
    int64_t count;

    if (!node_keys(l->problems, map, keys))
        return;
    n = node_get(map, "point");
    if (!n) {
        problem_at(l->problems, map, "no \"point\": which fault?");
        return;
    }
    if (!node_text(l->problems, n, &f->point) || !parse_point(l, f, n))
        return;
    f->declared = load_declare(l, "fault", f->point, n);
    if ((n = node_get(map, "persistent")))
        node_bool(l->problems, n, &f->persistent);
    if ((n = node_get(map, "code")))
        node_hresult(l->problems, n, &f->code);
    if ((n = node_get(map, "after")))
        node_time(l->problems, n, &f->after);
    if ((n = node_get(map, "count")) && node_int(l->problems, n, &count))
        f->nth = (uint32_t)count;
    if ((n = node_get(map, "value")))
        fault_value(l, f, n);
    else if (f->kind == FAULT_ARGUMENT)
        problem_at(l->problems, map,
                   "no \"value\": what does the argument "
                   "become?");
    *l->last_fault = f;
    l->last_fault = &f->next;
}

void load_faults(struct loader *l, const struct node *list)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        load_fault(l, n);
}
