/* words_text.c - see words_text.h. */
#include "asserts/report/words_text.h"

#include <string.h>

#include "base/utf8.h"

#define SHOWN 100 /* bytes of a long text that are shown */

/* C0, DEL, and U+0080 to U+009F: what a terminal may take for orders. */
static bool is_control(const unsigned char *s, int n)
{
    return n == 1 ? *s < 0x20 || *s == 0x7F
                  : n == 2 && s[0] == 0xC2 && s[1] < 0xA0;
}

static void put_control(struct strbuf *out, const unsigned char *s, int n)
{
    switch (*s) {
    case '\n':
        strbuf_adds(out, "\\n");
        break;
    case '\r':
        strbuf_adds(out, "\\r");
        break;
    case '\t':
        strbuf_adds(out, "\\t");
        break;
    default:
        strbuf_addf(out, "\\x%02X", s[n - 1]);
    }
}

/* Gives how many bytes of the text were taken: all, or up to about `most`. */
static size_t put_text(struct strbuf *out, const char *text, size_t most)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t size = strlen(text), i = 0;

    while (i < size && i < most) {
        int n = utf8_sequence(s + i, size - i);

        if (n == 0)
            strbuf_adds(out, "\xEF\xBF\xBD");
        else if (is_control(s + i, n))
            put_control(out, s + i, n);
        else
            strbuf_add(out, s + i, (size_t)n);
        i += n ? (size_t)n : 1;
    }
    return i;
}

void words_line(struct strbuf *out, const char *text)
{
    put_text(out, text, SIZE_MAX);
}

void words_plain(struct strbuf *out, const char *text)
{
    if (put_text(out, text, SHOWN) < strlen(text))
        strbuf_adds(out, "...");
}

void words_quote(struct strbuf *out, const char *text)
{
    strbuf_addc(out, '"');
    words_plain(out, text);
    strbuf_addc(out, '"');
}

void words_value(struct strbuf *out, const char *text)
{
    static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    static const char guid[] = "0123456789abcdefABCDEF-{}";
    size_t size = strlen(text);

    if ((strncmp(text, "VSS_", 4) == 0 && strspn(text, upper) == size) ||
        strncmp(text, "IVss", 4) == 0 || strcmp(text, "IUnknown") == 0 ||
        ((size == 36 || size == 38) && strspn(text, guid) == size))
        words_plain(out, text);
    else
        words_quote(out, text);
}

void words_time(struct strbuf *out, uint64_t ms)
{
    unsigned long long s = ms / 1000, m = s / 60, h = m / 60;
    unsigned part = (unsigned)(ms % 1000);

    if (h >= 24)
        strbuf_addf(out, "%llud %02llu:%02llu:%02llu.%03u", h / 24, h % 24,
                    m % 60, s % 60, part);
    else if (h)
        strbuf_addf(out, "%llu:%02llu:%02llu.%03u", h, m % 60, s % 60, part);
    else
        strbuf_addf(out, "%llu.%03us", s, part);
}
