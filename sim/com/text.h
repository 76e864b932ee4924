/*
 * text.h - UTF-16 and GUIDs to and from UTF-8 text.
 *
 * Nothing here allocates: the caller gives the room. Unpaired surrogates and
 * invalid UTF-8 become U+FFFD.
 */
#ifndef COM_TEXT_H
#define COM_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <vssim/win32/vss.h>

/* Characters before the NUL; 0 for NULL. Never looks at a length prefix. */
size_t wide_length(const WCHAR *text);
bool wide_equal(const WCHAR *a, const WCHAR *b); /* NULL equals "" */

/* Writes at most `room` units including the NUL; gives how many (without
 * NUL) the whole conversion needs. `room` 0 and `out` NULL: only counts. */
size_t wide_to_utf8(const WCHAR *text, size_t length, char *out, size_t room);
size_t utf8_to_wide(const char *text, size_t size, WCHAR *out, size_t room);

/* 8-4-4-4-12 in lower case without braces; `out` has 37 bytes. */
#define GUID_TEXT 37
const char *guid_text(const GUID *guid, char out[GUID_TEXT]);
/* With or without braces, any case. */
bool guid_parse(const char *text, GUID *guid);
bool guid_equal(const GUID *a, const GUID *b);

/* Of ASCII letters only. */
static inline WCHAR wide_lower(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? (WCHAR)(c + 32) : c;
}
struct heap;
/* A copy in the heap; NULL is empty. NULL without memory. */
WCHAR *utf8_in_heap(struct heap *heap, const char *text);

#endif
