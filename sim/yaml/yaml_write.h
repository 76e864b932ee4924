/*
 * yaml_write.h - pieces of YAML, as libyaml and vssim read them.
 */
#ifndef YAML_YAML_WRITE_H
#define YAML_YAML_WRITE_H

#include "base/strbuf.h"

/* A quoted scalar that reads as exactly this text. */
void yaml_text(struct strbuf *out, const char *text);
/* "# ..." lines, nothing in it that YAML does not take. */
void yaml_comment(struct strbuf *out, int indent, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
