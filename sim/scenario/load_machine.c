/*
 * load_machine.c - `world: { role: ... }`: the writers that a machine of that
 * Windows version and role runs, out of the built-in profiles.
 *
 * A profile says where its writer runs: since and until (versions in the
 * order of windows.def), edition (server or client), roles (only on machines
 * with one of them), winpe (in Windows PE, too, where nothing else runs).
 */
#include <string.h>

#include "base/strbuf.h"
#include "scenario/load.h"

static bool is_server(enum vssim_windows windows)
{
    return strncmp(windows_key(windows), "server-", 7) == 0;
}

/* --- roles --- */

#define MOST_ROLES 16

struct roles {
    const char *names[MOST_ROLES];
    unsigned n;
};

static bool has(const struct roles *roles, const char *name)
{
    for (unsigned i = 0; i < roles->n; i++)
        if (strcmp(roles->names[i], name) == 0)
            return true;
    return false;
}

static bool list_has(const struct node *list, const struct roles *roles)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        if (n->kind == NODE_SCALAR && has(roles, n->text))
            return true;
    return false;
}

/* --- where a writer runs --- */

static int version_of(struct loader *l, const struct node *map,
                      const char *key, int otherwise)
{
    const struct node *n = node_get(map, key);
    const char *text;
    int windows;

    if (!n || !node_text(l->problems, n, &text))
        return otherwise;
    windows = windows_of(text);
    if (windows < 0)
        problem_at(l->problems, n,
                   "\"%s\" is no Windows version: see vssim list --windows",
                   text);
    return windows < 0 ? otherwise : windows;
}

static bool edition_fits(struct loader *l, const struct node *map,
                         enum vssim_windows windows)
{
    const struct node *n = node_get(map, "edition");
    const char *text;

    if (!n || !node_text(l->problems, n, &text))
        return true;
    if (strcmp(text, "server") != 0 && strcmp(text, "client") != 0)
        problem_at(l->problems, n, "\"%s\": server or client is allowed",
                   text);
    return (strcmp(text, "server") == 0) == is_server(windows);
}

static bool runs_on(struct loader *l, const struct node *profile,
                    enum vssim_windows windows, const struct roles *roles)
{
    const struct node *pe = node_get(profile, "winpe");
    const struct node *only = node_get(profile, "roles");
    bool in_pe = false;

    if (pe)
        node_bool(l->problems, pe, &in_pe);
    if (has(roles, "winpe"))
        return in_pe;
    return (int)windows >= version_of(l, profile, "since", 0) &&
           (int)windows <=
               version_of(l, profile, "until", VSSIM_WINDOWS_COUNT) &&
           edition_fits(l, profile, windows) &&
           (!only || list_has(only, roles));
}

/* --- the machine --- */

static struct node *read_builtin(struct loader *l,
                                 const struct builtin_profile *b)
{
    return node_read(l->problems, b->name, b->text, b->size);
}

/* Every role that a profile speaks of, and winpe. */
static bool role_known(struct loader *l, const char *name,
                       struct strbuf *known)
{
    struct roles all = {.n = 0};
    const char *seen[256];
    unsigned n_seen = 0;

    all.names[all.n++] = name;
    strbuf_adds(known, "member-server, workstation, winpe");
    for (unsigned i = 0; i < n_builtin_profiles; i++) {
        const struct node *root = read_builtin(l, &builtin_profiles[i]);
        const struct node *list = node_get(root, "roles");

        for (const struct node *n = list ? list->first : NULL; n;
             n = n->next) {
            bool again = false;

            for (unsigned k = 0; k < n_seen; k++)
                again |= strcmp(seen[k], n->text) == 0;
            if (again || n_seen == 256)
                continue;
            seen[n_seen++] = n->text;
            strbuf_addf(known, ", %s", n->text);
        }
    }
    for (unsigned k = 0; k < n_seen; k++)
        if (strcmp(seen[k], name) == 0)
            return true;
    return strcmp(name, "winpe") == 0 || strcmp(name, "member-server") == 0 ||
           strcmp(name, "workstation") == 0;
}

static void add_role(struct loader *l, struct roles *roles,
                     const struct node *n)
{
    struct strbuf known = STRBUF_INIT;
    const char *name;

    if (!node_text(l->problems, n, &name))
        return;
    if (!role_known(l, name, &known))
        problem_at(l->problems, n, "\"%s\" is no role: allowed are %s", name,
                   strbuf_str(&known));
    else if (roles->n < MOST_ROLES)
        roles->names[roles->n++] = name;
    strbuf_release(&known);
}

void load_machine(struct loader *l, const struct node *node)
{
    enum vssim_windows windows =
        l->overrides->windows >= 0 ? (enum vssim_windows)l->overrides->windows
                                   : l->scenario->windows;
    struct roles roles = {.n = 0};

    if (node->kind == NODE_LIST)
        for (const struct node *n = node->first; n; n = n->next)
            add_role(l, &roles, n);
    else
        add_role(l, &roles, node);
    for (unsigned i = 0; i < n_builtin_profiles; i++) {
        const struct builtin_profile *b = &builtin_profiles[i];
        const struct node *root = read_builtin(l, b);

        if (root && runs_on(l, root, windows, &roles))
            load_machine_writer(l, b->name, root);
    }
}
