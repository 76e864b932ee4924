/* utf8.c - see utf8.h. */
#include "base/utf8.h"

#include "os/assert.h"

/* How long the first byte says that a sequence is; 0: it begins none. */
static int length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    return first >= 0xF0 && first < 0xF5   ? 4
           : first >= 0xE0 && first < 0xF0 ? 3
           : first >= 0xC2 && first < 0xE0 ? 2
                                           : 0;
}

/* The character of a sequence of n bytes; UINT32_MAX: it is none. */
static uint32_t decode(const unsigned char *s, int n)
{
    uint32_t c = n == 1 ? s[0] : s[0] & (0xFFu >> (n + 1));

    for (int i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return UINT32_MAX;
        c = c << 6 | (s[i] & 0x3Fu);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && c < 0x10000) || c > 0x10FFFF ||
        (c >= 0xD800 && c < 0xE000))
        return UINT32_MAX;
    return c;
}

int utf8_sequence(const unsigned char *s, size_t left)
{
    int n = left ? length_of(s[0]) : 0;

    return (size_t)n > left || (n && decode(s, n) == UINT32_MAX) ? 0 : n;
}

uint32_t utf8_character(const char *text, size_t left, int *length)
{
    const unsigned char *s = (const unsigned char *)text;
    int n = length_of(s[0]);
    uint32_t c = n && (size_t)n <= left ? decode(s, n) : UINT32_MAX;

    *length = c == UINT32_MAX ? 1 : n;
    return c == UINT32_MAX ? UTF8_BAD : c;
}

int utf8_put(uint32_t c, char out[4])
{
    assert(c <= 0x10FFFF);
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
