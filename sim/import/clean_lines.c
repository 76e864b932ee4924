/* clean_lines.c - any bytes into clean lines; see parts.h. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "import/parts.h"

/* --- bytes into UTF-8 --- */

static char *from_utf16(struct arena *arena, const unsigned char *s,
                        size_t size, bool big, size_t *length)
{
    size_t n = size / 2;
    WCHAR *wide = arena_alloc(arena, (n + 1) * sizeof(*wide));
    char *out;

    for (size_t i = 0; i < n; i++) {
        wide[i] = (WCHAR)(big ? s[2 * i] << 8 | s[2 * i + 1]
                              : s[2 * i + 1] << 8 | s[2 * i]);
        if (!wide[i])
            wide[i] = 0xFFFD;
    }
    *length = wide_to_utf8(wide, n, NULL, 0);
    out = arena_alloc(arena, *length + 1);
    wide_to_utf8(wide, n, out, *length + 1);
    return out;
}

static char *from_bytes(struct arena *arena, const char *bytes, size_t size,
                        size_t *length)
{
    struct strbuf text = STRBUF_INIT;
    char *out;

    for (size_t at = 0; at < size;) {
        size_t n = strnlen(bytes + at, size - at);

        strbuf_add_utf8(&text, bytes + at, n);
        if (at + n < size)
            strbuf_adds(&text, "\xEF\xBF\xBD");
        at += n + 1;
    }
    *length = text.len;
    out = arena_strndup(arena, strbuf_str(&text), text.len);
    strbuf_release(&text);
    return out;
}

char *text_decode(struct arena *arena, const char *bytes, size_t size,
                  size_t *length)
{
    const unsigned char *s = (const unsigned char *)bytes;

    if (size >= 2 && s[0] == 0xFF && s[1] == 0xFE)
        return from_utf16(arena, s + 2, size - 2, false, length);
    if (size >= 2 && s[0] == 0xFE && s[1] == 0xFF)
        return from_utf16(arena, s + 2, size - 2, true, length);
    if (size >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
        return from_bytes(arena, bytes + 3, size - 3, length);
    return from_bytes(arena, bytes, size, length);
}

/* --- lines --- */

static const struct {
    const char *from, *to;
} replaced[] = {
    {"&nbsp;", " "},
    {"\xC2\xA0", " "},
    {"\xE2\x80\xAF", " "},
    {"\xEF\xBB\xBF", ""},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&amp;", "&"},
    {"\xEF\xBC\x9A", ":"}, /* the wide colon */
    {"**", ""},
    {"\t", " "},
};

/* Markdown's escapes of punctuation, but not the backslashes of paths. */
static bool escapes(const char *at)
{
    return at[0] == '\\' && at[1] && strchr("[]_*'\"`()#>-{}", at[1]);
}

static char *clean(struct arena *arena, const char *text, size_t size)
{
    char *out = arena_alloc(arena, size + 1), *to = out;

    for (size_t i = 0; i < size;) {
        unsigned r = 0;

        while (r < ARRAY_SIZE(replaced) &&
               (text[i] != *replaced[r].from ||
                strncmp(text + i, replaced[r].from, strlen(replaced[r].from))))
            r++;
        if (r < ARRAY_SIZE(replaced)) {
            strcpy(to, replaced[r].to);
            to += strlen(to);
            i += strlen(replaced[r].from);
        } else if (escapes(text + i)) {
            *to++ = text[i + 1];
            i += 2;
        } else if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) {
            i++;
        } else {
            *to++ = text[i++];
        }
    }
    while (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    while (*out == ' ' || *out == '>' || *out == '|') /* mail quoting */
        out++;
    return strncmp(out, "```", 3) == 0 ? out + strlen(out) : out;
}

struct line *text_lines(struct arena *arena, const char *text, size_t size)
{
    struct line *first = NULL, **at = &first;
    unsigned long number = 0;

    for (size_t i = 0; i < size;) {
        const char *newline = memchr(text + i, '\n', size - i);
        size_t length = newline ? (size_t)(newline - text) - i : size - i;
        struct line *line;

        number++;
        if (length < 4096) {
            char *cleaned =
                clean(arena, arena_strndup(arena, text + i, length), length);

            if (*cleaned) {
                line = *at = arena_alloc(arena, sizeof(*line));
                line->number = number;
                line->text = cleaned;
                at = &line->next;
            }
        } else {
            line = *at = arena_alloc(arena, sizeof(*line));
            line->number = number;
            line->text = arena_strdup(arena, "(a line of more than 4096 "
                                             "bytes)");
            at = &line->next;
        }
        i += length + 1;
    }
    return first;
}

/* --- looking into a line --- */

const char *text_value(const char *line, size_t *length)
{
    const char *colon = strchr(line, ':');
    const char *value;

    if (!colon || colon == line || colon - line > 80)
        return NULL;
    *length = (size_t)(colon - line);
    while (*length && line[*length - 1] == ' ')
        --*length;
    value = colon + 1;
    while (*value == ' ')
        value++;
    return *length ? value : NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_is(const char *a, size_t length, const char *b)
{
    for (size_t i = 0; i < length; i++)
        if (!b[i] || lower(a[i]) != lower(b[i]))
            return false;
    return b[length] == '\0';
}

const char *text_find(const char *text, const char *what)
{
    size_t length = strlen(what), left = strlen(text);

    for (; left >= length; text++, left--)
        if (text_is(text, length, what))
            return text;
    return NULL;
}

bool text_guid(const char *text, GUID *guid)
{
    for (; *text; text++) {
        char one[GUID_TEXT];

        if (!strchr("0123456789abcdefABCDEF", *text) ||
            strnlen(text, GUID_TEXT - 1) < GUID_TEXT - 1)
            continue;
        memcpy(one, text, GUID_TEXT - 1);
        one[GUID_TEXT - 1] = '\0';
        if (guid_parse(one, guid))
            return true;
    }
    return false;
}

bool text_code(const char *text, HRESULT *code)
{
    for (; (text = text_find(text, "0x")); text += 2) {
        char *end;
        unsigned long long n = strtoull(text + 2, &end, 16);

        if (end - text >= 8 && end - text <= 10 && n <= UINT32_MAX) {
            *code = (HRESULT)(uint32_t)n;
            return true;
        }
    }
    return false;
}
