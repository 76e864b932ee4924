/* xml_kind.c - which XML document it is; see parts.h. */
#include <string.h>

#include "base/array.h"
#include "import/parts.h"

static const struct {
    const char *root;
    enum import_kind kind;
} documents[] = {
    {"BACKUP_COMPONENTS", IMPORT_DOCUMENT},
    {"WRITER_METADATA", IMPORT_METADATA},
};

/* The name behind the first < that is no declaration or comment. */
static const char *root_name(const char *text, size_t *length)
{
    while ((text = strchr(text, '<'))) {
        text++;
        if (strncmp(text, "!--", 3) == 0) {
            text = strstr(text, "-->");
            if (!text)
                return NULL;
        } else if (*text != '?' && *text != '!') {
            *length = strcspn(text, " \t\r\n/>");
            return text;
        }
    }
    return NULL;
}

bool import_xml(struct import *im, const char *text, size_t size,
                enum import_kind *kind)
{
    size_t length;
    const char *name = root_name(text, &length);
    bool tester, betest;
    struct xml_element *root;

    if (!name || !length)
        return false;
    for (unsigned i = 0; i < ARRAY_SIZE(documents); i++)
        if (length == strlen(documents[i].root) &&
            strncmp(name, documents[i].root, length) == 0) {
            *kind = documents[i].kind;
            return true;
        }
    tester = text_is(name, length, "TestWriter");
    betest = text_is(name, length, "BETest");
    if (!tester && !betest && strncmp(text, "<?xml", 5) != 0)
        return false; /* a line in angle brackets is no XML yet */
    if (!tester && !betest) {
        import_problem(im, 0,
                       "<%.*s>: TestWriter, BETest, BACKUP_COMPONENTS or "
                       "WRITER_METADATA is allowed",
                       length > 60 ? 60 : (int)length, name);
        *kind = IMPORT_UNREADABLE;
        return true;
    }
    while (size &&
           (*text == ' ' || *text == '\n' || *text == '\r' || *text == '\t'))
        text++, size--;
    root = xml_read(im, text, size);
    if (root && tester)
        import_test_writer(im, root);
    else if (root)
        import_betest(im, root);
    *kind = im->problem ? IMPORT_UNREADABLE : IMPORT_SCENARIOS;
    return true;
}
