/* yaml_write.c - see yaml_write.h. */
#include "yaml/yaml_write.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* One character; 0 for a byte that is no UTF-8. */
static unsigned long character(const char *at, int *length)
{
    uint32_t c = utf8_character(at, strlen(at), length);

    return c == UTF8_BAD && *length == 1 ? 0 : c;
}

/* What libyaml takes as it stands, line breaks and marks excepted. */
static bool plain(unsigned long c)
{
    return (c >= 0x20 && c < 0x7F) ||
           (c >= 0xA0 && c < 0xD800 && c != 0x2028 && c != 0x2029) ||
           (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

static bool all_plain(const char *text)
{
    int length;

    for (; *text; text += length)
        if (!plain(character(text, &length)))
            return false;
    return true;
}

static void add_escaped(struct strbuf *out, const char *text)
{
    int length;

    strbuf_addc(out, '"');
    for (; *text; text += length) {
        unsigned long c = character(text, &length);

        if (c == '"' || c == '\\')
            strbuf_addf(out, "\\%c", (char)c);
        else if (plain(c))
            strbuf_add(out, text, (size_t)length);
        else
            strbuf_addf(out, "\\u%04lX", !c || c > 0xFFFF ? 0xFFFD : c);
    }
    strbuf_addc(out, '"');
}

void yaml_text(struct strbuf *out, const char *text)
{
    if (!all_plain(text)) {
        add_escaped(out, text);
        return;
    }
    strbuf_addc(out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            strbuf_addc(out, '\'');
        strbuf_addc(out, *text);
    }
    strbuf_addc(out, '\'');
}

#define COMMENT_MAX 400

/* Folded at blanks; continued lines stand two columns further in. */
static void comment(struct strbuf *out, int indent, const char *text)
{
    size_t column = (size_t)indent + 2;
    const char *start = text;
    int length;

    strbuf_addf(out, "%*s# ", indent, "");
    for (; *text; text += length) {
        unsigned long c = character(text, &length);

        if (text - start > COMMENT_MAX) {
            strbuf_adds(out, " ...");
            break;
        }
        if (c == ' ' && column + strcspn(text + 1, " ") > 78 &&
            column > (size_t)indent + 20) {
            strbuf_addf(out, "\n%*s#   ", indent, "");
            column = (size_t)indent + 4;
            continue;
        }
        column++;
        if (plain(c))
            strbuf_add(out, text, (size_t)length);
        else
            strbuf_addc(out, '?');
    }
    strbuf_addc(out, '\n');
}

void yaml_comment(struct strbuf *out, int indent, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    comment(out, indent, strbuf_str(&text));
    strbuf_release(&text);
}
