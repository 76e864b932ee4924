/* text.c - see text.h. */
#include "com/text.h"

#include <stdio.h>
#include <string.h>

#include "base/heap.h"
#include "base/utf8.h"

size_t wide_length(const WCHAR *text)
{
    size_t n = 0;

    while (text && text[n])
        n++;
    return n;
}

bool wide_equal(const WCHAR *a, const WCHAR *b)
{
    static const WCHAR empty[1] = {0};

    a = a ? a : empty;
    b = b ? b : empty;
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static uint32_t wide_next(const WCHAR *text, size_t length, size_t *i)
{
    uint32_t c = text[(*i)++];

    if (c >= 0xD800 && c < 0xDC00 && *i < length && text[*i] >= 0xDC00 &&
        text[*i] < 0xE000)
        return 0x10000 + ((c - 0xD800) << 10) + (text[(*i)++] - 0xDC00u);
    return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
}

size_t wide_to_utf8(const WCHAR *text, size_t length, char *out, size_t room)
{
    size_t need = 0, at = 0;
    bool full = room == 0;

    for (size_t i = 0; i < length;) {
        char piece[4];
        int n = utf8_put(wide_next(text, length, &i), piece);

        if (!full && at + (size_t)n < room) {
            memcpy(out + at, piece, (size_t)n);
            at += (size_t)n;
        } else {
            full = true;
        }
        need += (size_t)n;
    }
    if (room)
        out[at] = '\0';
    return need;
}

size_t utf8_to_wide(const char *text, size_t size, WCHAR *out, size_t room)
{
    size_t need = 0, at = 0;

    for (size_t i = 0; i < size;) {
        int length;
        uint32_t c = utf8_character(text + i, size - i, &length);
        size_t n = c >= 0x10000 ? 2 : 1;

        if (at == need && at + n < room) {
            if (n == 2) {
                out[at] = (WCHAR)(0xD800 + ((c - 0x10000) >> 10));
                out[at + 1] = (WCHAR)(0xDC00 + ((c - 0x10000) & 0x3FF));
            } else {
                out[at] = (WCHAR)c;
            }
            at += n;
        }
        need += n;
        i += (size_t)length;
    }
    if (room)
        out[at] = 0;
    return need;
}

const char *guid_text(const GUID *guid, char out[GUID_TEXT])
{
    const unsigned char *d = guid->Data4;

    snprintf(out, GUID_TEXT,
             "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             (unsigned)guid->Data1, guid->Data2, guid->Data3, d[0], d[1], d[2],
             d[3], d[4], d[5], d[6], d[7]);
    return out;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool guid_parse(const char *text, GUID *guid)
{
    unsigned char bytes[16];
    size_t length = strlen(text);

    if (length == 38 && text[0] == '{' && text[37] == '}')
        text++;
    else if (length != 36)
        return false;
    for (int i = 0, k = 0; i < 36; i++) {
        int high, low;

        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return false;
            continue;
        }
        high = hex(text[i]);
        low = hex(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[k++] = (unsigned char)(high << 4 | low);
        i++;
    }
    guid->Data1 = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
                  (uint32_t)bytes[2] << 8 | bytes[3];
    guid->Data2 = (uint16_t)(bytes[4] << 8 | bytes[5]);
    guid->Data3 = (uint16_t)(bytes[6] << 8 | bytes[7]);
    memcpy(guid->Data4, bytes + 8, 8);
    return true;
}

bool guid_equal(const GUID *a, const GUID *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

WCHAR *utf8_in_heap(struct heap *heap, const char *text)
{
    const char *from = text ? text : "";
    size_t size = strlen(from);
    size_t need = utf8_to_wide(from, size, NULL, 0) + 1;
    WCHAR *wide = heap_alloc(heap, need * sizeof(*wide));

    if (wide)
        utf8_to_wide(from, size, wide, need);
    return wide;
}
