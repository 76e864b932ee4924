/*
 * strbuf.h - a growing byte string.
 *
 * Invariant: buf is NUL-terminated at len whenever buf is not NULL. Memory is
 * memory.h's.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/printf.h"

struct strbuf {
    char *buf;
    size_t len;
    size_t cap;
};

#define STRBUF_INIT {NULL, 0, 0}

void strbuf_release(struct strbuf *sb);
void strbuf_reset(struct strbuf *sb); /* empty, memory kept */
void strbuf_add(struct strbuf *sb, const void *bytes, size_t size);
void strbuf_adds(struct strbuf *sb, const char *text);
void strbuf_addc(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
    PRINTF_LIKE(2, 0);
/* XML text or attribute value: escapes & < > " and ' and ]]>, replaces what
 * XML 1.0 cannot hold (C0 controls, invalid UTF-8) by U+FFFD. */
void strbuf_add_xml(struct strbuf *sb, const char *text);
/* Valid UTF-8 from any bytes: what is not becomes U+FFFD. */
void strbuf_add_utf8(struct strbuf *sb, const char *bytes, size_t size);
/* Never NULL. */
const char *strbuf_str(const struct strbuf *sb);

#endif
