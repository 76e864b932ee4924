/* document_values.c - see document_values.h. */
#include "com/document_values.h"

#include <string.h>

#include <vssim/win32/vsbackup.h>

#include "base/array.h"

static const struct {
    const char *type;
    int value;
    const char *text;
    const char *name;
} table[] = {
#define DOCUMENT_VALUE(type, value, text, seen) {#type, value, text, #value},
#include "com/document_values.def"
#undef DOCUMENT_VALUE
};

#define COUNT (ARRAY_SIZE(table))

const char *document_text(const char *type, int value)
{
    for (unsigned i = 0; i < COUNT; i++)
        if (table[i].value == value && strcmp(table[i].type, type) == 0)
            return table[i].text;
    return NULL;
}

/* "VSS_UT_OTHER" and "OTHER" are both the name of VSS_UT_OTHER. */
static int is_name(const char *name, const char *text)
{
    const char *rest = strchr(name + strlen("VSS_"), '_') + 1;

    return strcmp(name, text) == 0 || strcmp(rest, text) == 0;
}

int document_value(const char *type, const char *text)
{
    for (unsigned i = 0; text && i < COUNT; i++)
        if (strcmp(table[i].type, type) == 0 &&
            (strcmp(table[i].text, text) == 0 || is_name(table[i].name, text)))
            return table[i].value;
    return 0;
}
