/* enums.c - see enums.h. */
#include "com/enums.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

static const struct {
    const char *type;
    const char *name;
    int64_t value;
} table[] = {
#define ENUM_VALUE(type, name, value) {#type, #name, value},
#include "enums.def"
#undef ENUM_VALUE
};

#define COUNT (ARRAY_SIZE(table))

const char *enum_name(const char *type, int64_t value)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (table[i].value == value && strcmp(table[i].type, type) == 0)
            return table[i].name;
    return NULL;
}

bool enum_value(const char *type, const char *name, int64_t *value)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0 &&
            strcmp(table[i].type, type) == 0) {
            *value = table[i].value;
            return true;
        }
    return false;
}

void enum_list(const char *type, char *out, unsigned room)
{
    unsigned at = 0;

    out[0] = '\0';
    for (unsigned i = 0; i < COUNT; i++)
        if (strcmp(table[i].type, type) == 0 && at < room)
            at += (unsigned)snprintf(out + at, room - at, "%s%s",
                                     at ? ", " : "", table[i].name);
}

bool enum_known(const char *type)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (strcmp(table[i].type, type) == 0)
            return true;
    return false;
}
