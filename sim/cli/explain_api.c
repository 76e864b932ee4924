/* explain_api.c - what vssim explain says about the API; see cli.h. */
#include <string.h>

#include "asserts/rules/explain.h"
#include "base/array.h"
#include "cli/cli.h"
#include "cli/state_words.h"
#include "os/assert.h"

static void explain_states(const char *name)
{
    enum vss_method method = state_method(name);

    if (method == VSS_METHOD_COUNT)
        return;
    puts("by phase:");
    for (int p = 0; p < VSS_PHASE_COUNT; p++) {
        printf("  %-16s ", vss_phase_name((enum vss_phase)p));
        state_words(stdout, vss_cell(method, (enum vss_phase)p));
        putchar('\n');
    }
}

bool explain_method(const char *name)
{
    const struct api_method *m;
    bool found = false;

    for (unsigned i = 0; (m = api_find(name, i)); i++) {
        found = true;
        if (m->slot >= 0)
            printf("%s::%s, slot %d\n", m->iface, m->name, m->slot);
        else
            printf("%s, exported function\n", m->name);
        for (unsigned k = 0; k < m->n_params; k++)
            printf("  %s %s %s\n", m->params[k].dir == API_OUT ? "out" : "in ",
                   m->params[k].type, m->params[k].name);
        explain_returns(stdout, m->iface, m->name);
        if (m->family == API_BACKUP_COMPONENTS)
            explain_states(m->name);
    }
    return found;
}

bool explain_interface(const char *name)
{
    bool found = false;

    for (unsigned i = 0; i < api_n_methods; i++) {
        const struct api_method *m = &api_methods[i];

        if (m->slot < 0 || strcmp(m->iface, name) != 0)
            continue;
        if (!found)
            printf("%s (interface), its methods by slot:\n", name);
        found = true;
        printf("%5d %s\n", m->slot, m->name);
    }
    return found;
}

static const struct {
    const char *type, *name;
    long long value;
} values[] = {
#define ENUM_VALUE(type, name, value) {#type, #name, value},
#include "com/enums.def"
#undef ENUM_VALUE
};

enum { N_VALUES = ARRAY_SIZE(values) };

bool explain_value(const char *name)
{
    for (unsigned i = 0; i < N_VALUES; i++)
        if (strcmp(values[i].name, name) == 0) {
            printf("%s: value %lld of %s\n", name, values[i].value,
                   values[i].type);
            return true;
        }
    return false;
}

static bool takes(const struct api_method *m, const char *type)
{
    for (unsigned k = 0; k < m->n_params; k++)
        if (strcmp(m->params[k].type, type) == 0)
            return true;
    return false;
}

/* An enumeration has values, and any type parameters; some have both. */
bool explain_type(const char *name)
{
    bool found = false, parameters = false;

    for (unsigned i = 0; i < N_VALUES; i++)
        if (strcmp(values[i].type, name) == 0) {
            if (!found)
                printf("%s (enumeration)\n", name);
            found = true;
            printf("%5lld %s\n", values[i].value, values[i].name);
        }
    for (unsigned i = 0; i < api_n_methods; i++) {
        const struct api_method *m = &api_methods[i];

        if (!takes(m, name))
            continue;
        if (!found)
            printf("%s (type)\n", name);
        if (!parameters)
            puts("of parameters of:");
        found = parameters = true;
        printf("  %s%s%s\n", m->slot >= 0 ? m->iface : "",
               m->slot >= 0 ? "::" : "", m->name);
    }
    return found;
}
