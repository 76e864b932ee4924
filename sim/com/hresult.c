/* hresult.c - see hresult.h. */
#include "hresult.h"
#include "base/array.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t value;
    const char *meaning;
} table[] = {
#define HR(name, value, meaning) {#name, value, meaning},
#include "hresult.def"
#undef HR
};

#define COUNT (ARRAY_SIZE(table))

const char *hresult_name(int32_t hr)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (table[i].value == (uint32_t)hr)
            return table[i].name;
    return NULL;
}

const char *hresult_text(int32_t hr, char *buffer)
{
    const char *name = hresult_name(hr);

    if (name)
        return name;
    snprintf(buffer, 11, "0x%08X", (uint32_t)hr);
    return buffer;
}

const char *hresult_text_in(const char *iface, int32_t hr, char *buffer)
{
    bool vds = iface && (strncmp(iface, "IVds", 4) == 0 ||
                         strncmp(iface, "IEnumVds", 8) == 0);

    for (unsigned i = 0; vds && i < COUNT; i++)
        if (table[i].value == (uint32_t)hr &&
            strncmp(table[i].name, "VDS_", 4) == 0)
            return table[i].name;
    return hresult_text(hr, buffer);
}

bool hresult_of(const char *name, int32_t *hr)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0) {
            *hr = (int32_t)table[i].value;
            return true;
        }
    return false;
}

bool hresult_entry(unsigned i, const char **name, int32_t *hr,
                   const char **meaning)
{
    if (i >= COUNT)
        return false;
    *name = table[i].name;
    *hr = (int32_t)table[i].value;
    *meaning = table[i].meaning;
    return true;
}
