/* strbuf.c - see strbuf.h. */
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "os/assert.h"

void strbuf_release(struct strbuf *sb)
{
    free(sb->buf);
    sb->buf = NULL;
    sb->len = sb->cap = 0;
}

void strbuf_reset(struct strbuf *sb)
{
    sb->len = 0;
    if (sb->buf)
        sb->buf[0] = '\0';
}

static void reserve(struct strbuf *sb, size_t more)
{
    size_t need = sb->len + more + 1;

    assert(sb->len < sb->cap || !sb->cap);
    if (need <= sb->cap)
        return;
    sb->cap = need < 64 ? 64 : need + need / 2;
    sb->buf = xrealloc(sb->buf, sb->cap);
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t size)
{
    reserve(sb, size);
    if (size)
        memcpy(sb->buf + sb->len, bytes, size);
    sb->len += size;
    sb->buf[sb->len] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *text)
{
    strbuf_add(sb, text, strlen(text));
}

void strbuf_addc(struct strbuf *sb, char c)
{
    strbuf_add(sb, &c, 1);
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return;
    reserve(sb, (size_t)len);
    vsnprintf(sb->buf + sb->len, (size_t)len + 1, format, args);
    sb->len += (size_t)len;
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    strbuf_vaddf(sb, format, args);
    va_end(args);
}

void strbuf_add_utf8(struct strbuf *sb, const char *bytes, size_t size)
{
    const unsigned char *s = (const unsigned char *)bytes;

    for (size_t i = 0; i < size;) {
        int n = utf8_sequence(s + i, size - i);

        if (n == 0) {
            strbuf_adds(sb, "\xEF\xBF\xBD");
            i++;
        } else {
            strbuf_add(sb, s + i, (size_t)n);
            i += (size_t)n;
        }
    }
}

void strbuf_add_xml(struct strbuf *sb, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t left = strlen(text);

    while (left) {
        int n = utf8_sequence(s, left);
        /* U+FFFE and U+FFFF are no XML characters either. */
        int bad = n == 0 || (*s < 0x20 && *s != '\t' && *s != '\n') ||
                  (n == 3 && s[0] == 0xEF && s[1] == 0xBF && s[2] >= 0xBE);

        if (bad)
            strbuf_adds(sb, "\xEF\xBF\xBD");
        else if (*s == '&')
            strbuf_adds(sb, "&amp;");
        else if (*s == '<')
            strbuf_adds(sb, "&lt;");
        else if (*s == '>')
            strbuf_adds(sb, "&gt;");
        else if (*s == '"')
            strbuf_adds(sb, "&quot;");
        else if (*s == '\'')
            strbuf_adds(sb, "&apos;");
        else if (*s == '\n' || *s == '\t')
            strbuf_addf(sb, "&#%d;", *s);
        else
            strbuf_add(sb, s, (size_t)n);
        s += n ? n : 1;
        left -= (size_t)(n ? n : 1);
    }
}

const char *strbuf_str(const struct strbuf *sb)
{
    return sb->buf ? sb->buf : "";
}
