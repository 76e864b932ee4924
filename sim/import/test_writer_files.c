/* test_writer_files.c - what a Test Writer configuration says about files. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "import/test_writer.h"

bool tw_yes(struct import *im, struct xml_element *e, const char *name,
            bool otherwise)
{
    const char *value = xml_get(e, name);

    if (!value)
        return otherwise;
    if (text_is(value, strlen(value), "yes") ||
        text_is(value, strlen(value), "true") || strcmp(value, "1") == 0)
        return true;
    if (text_is(value, strlen(value), "no") ||
        text_is(value, strlen(value), "false") || strcmp(value, "0") == 0)
        return false;
    import_unread(im, e->line, "%s=\"%s\" of %s: yes or no is allowed", name,
                  value, e->name);
    return otherwise;
}

/* --- file sets --- */

void tw_text(struct strbuf *out, const char *key, const char *value)
{
    strbuf_addf(out, "%s: ", key);
    yaml_text(out, value);
}

static unsigned mask_of(struct import *im, struct xml_element *e, bool *given)
{
    static const struct {
        const char *name;
        unsigned bit;
    } bits[] = {
        {"fullBackupRequired", 0x1},     {"diffBackupRequired", 0x2},
        {"incBackupRequired", 0x4},      {"logBackupRequired", 0x8},
        {"fullSnapshotRequired", 0x100}, {"diffSnapshotRequired", 0x200},
        {"incSnapshotRequired", 0x400},  {"logSnapshotRequired", 0x800},
    };
    unsigned mask = 0;

    *given = false;
    for (unsigned i = 0; i < ARRAY_SIZE(bits); i++) {
        *given |= xml_get(e, bits[i].name) != NULL;
        if (tw_yes(im, e, bits[i].name, true))
            mask |= bits[i].bit;
    }
    return mask;
}

void tw_file_set(struct import *im, struct strbuf *out, struct xml_element *e,
                 const char *indent, bool masks)
{
    const char *path = xml_get(e, "path"), *spec = xml_get(e, "filespec");
    const char *other = xml_get(e, "alternatePath");
    bool given = false;
    unsigned mask = masks ? mask_of(im, e, &given) : 0;

    if (!path)
        import_unread(im, e->line, "%s without path", e->name);
    strbuf_addf(out, "%s- { ", indent);
    tw_text(out, "path", path ? path : "");
    tw_text(out, ", spec", spec ? spec : "*");
    if (tw_yes(im, e, "recursive", false))
        strbuf_adds(out, ", recursive: true");
    if (other)
        tw_text(out, ", alternate", other);
    if (given)
        strbuf_addf(out, ", mask: 0x%x", mask);
    strbuf_adds(out, " }\n");
    xml_rest(im, e);
}

/* --- partial and differenced files --- */

static int64_t days_from(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int tw_number(struct import *im, struct xml_element *e, const char *name,
              int otherwise, int most)
{
    const char *value = xml_get(e, name);
    char *end;
    long n = value ? strtol(value, &end, 10) : otherwise;

    if (value && (end == value || *end || n < 0 || n > most)) {
        import_unread(im, e->line,
                      "%s=\"%s\" of %s: a number up to %d is "
                      "allowed",
                      name, value, e->name, most);
        return otherwise;
    }
    return (int)n;
}

/* FILETIME: units of 100 ns since 1601. */
static int64_t filetime(struct import *im, struct xml_element *e)
{
    int year = tw_number(im, e, "year", 2000, 9999);
    int month = tw_number(im, e, "month", 1, 12);
    int day = tw_number(im, e, "day", 1, 31);
    int64_t s = days_from(year, month ? month : 1, day ? day : 1) * 86400;

    s += tw_number(im, e, "hour", 0, 23) * 3600;
    s += tw_number(im, e, "minute", 0, 59) * 60;
    s += tw_number(im, e, "second", 0, 59);
    return (s + INT64_C(11644473600)) * 10000000;
}

void tw_edit(struct config *c, struct xml_element *e, bool partial)
{
    const char *path = xml_get(e, "path"), *spec = xml_get(e, "filespec");
    const char *ranges = xml_get(e, "ranges");
    struct strbuf *out = &c->edits;

    strbuf_adds(out, "          - { ");
    tw_text(out, "component", c->component);
    strbuf_addf(out, ", %s: { ",
                partial ? "AddPartialFile"
                        : "AddDifferencedFilesByLast"
                          "ModifyTime");
    tw_text(out, "path", path ? path : "");
    tw_text(out, partial ? ", file" : ", spec", spec ? spec : "*");
    if (partial) {
        tw_text(out, ", ranges", ranges ? ranges : "");
    } else {
        if (tw_yes(c->im, e, "recursive", false))
            strbuf_adds(out, ", recursive: true");
        strbuf_addf(out, ", time: %lld", (long long)filetime(c->im, e));
        import_assume(c->im, e->line,
                      "the time of DifferencedFile is read as "
                      "UTC; the Test Writer takes local time");
    }
    strbuf_adds(out, " } }\n");
    xml_rest(c->im, e);
}
