/* words_put.c - see words_put.h. */
#include "asserts/report/words_put.h"

#include <string.h>

#include "com/hresult.h"

/* The call record that this record belongs to, or NULL. */
const struct trace_rec *say_call_of(const struct say *s)
{
    return s->words && s->rec->call < s->words->n_calls
               ? s->words->calls[s->rec->call]
               : NULL;
}

/* "async #4", or "object #4" when what it is cannot be known. */
void say_object(const struct say *s, int64_t n)
{
    const char *iface = s->words && (uint64_t)n < s->words->n_ifaces
                            ? s->words->ifaces[n]
                            : NULL;

    if (!iface)
        strbuf_adds(s->out, "object");
    else if (strcmp(iface, "IVssBackupComponents") == 0)
        strbuf_adds(s->out, "backup components");
    else if (strcmp(iface, "IVssAsync") == 0)
        strbuf_adds(s->out, "async");
    else
        words_plain(s->out,
                    strncmp(iface, "IVss", 4) == 0 ? iface + 4 : iface);
    strbuf_addf(s->out, " #%lld", (long long)n);
}

/* --- parameters and fields --- */

static void put_value(const struct say *s, const struct trace_field *f)
{
    char room[16];

    switch (f->type) {
    case TRACE_INT:
        if (f->num == UINT32_MAX && strcmp(f->name, "dwMilliseconds") == 0)
            strbuf_adds(s->out, "INFINITE");
        else
            strbuf_addf(s->out, "%lld", (long long)f->num);
        break;
    case TRACE_HR:
        strbuf_adds(s->out,
                    hresult_text_in(trace_get_str(s->rec, KEY_IFACE, NULL),
                                    (int32_t)f->num, room));
        break;
    case TRACE_BOOL:
        strbuf_adds(s->out, f->num ? "true" : "false");
        break;
    case TRACE_STR:
        words_value(s->out, f->str);
        break;
    case TRACE_NULL:
        strbuf_adds(s->out, "NULL");
        break;
    case TRACE_OBJ:
        say_object(s, f->num);
        break;
    default:
        strbuf_adds(s->out, "(untouched)");
    }
}

void say_params(const struct say *s, enum trace_group group, const char *first)
{
    const char *between = first;
    struct trace_field f;
    uint32_t cursor = 0;

    while (trace_field_next(s->rec, &cursor, &f))
        if (f.group == group) {
            strbuf_adds(s->out, between);
            words_plain(s->out, f.name);
            strbuf_adds(s->out, "=");
            put_value(s, &f);
            between = ", ";
        }
}

const char *say_str(const struct say *s, enum trace_key key)
{
    return trace_get_str(s->rec, key, "?");
}

void say_text(const struct say *s, enum trace_key key)
{
    words_plain(s->out, say_str(s, key));
}

long long say_num(const struct say *s, enum trace_key key)
{
    return (long long)trace_get_int(s->rec, key, 0);
}

/* `before`, the code; nothing when the record has none. */
void say_hr(const struct say *s, const char *before, bool even_ok)
{
    struct trace_field f;
    char room[16];

    if (trace_find(s->rec, KEY_HR, &f) && (even_ok || f.num != 0))
        strbuf_addf(s->out, "%s%s", before,
                    hresult_text_in(trace_get_str(s->rec, KEY_IFACE, NULL),
                                    (int32_t)f.num, room));
}

/* `before`, the text in quotes; nothing when there is none. */
void say_quoted(const struct say *s, const char *before, enum trace_key key)
{
    const char *text = trace_get_str(s->rec, key, NULL);

    if (!text)
        return;
    strbuf_adds(s->out, before);
    words_quote(s->out, text);
}

void say_place(const struct say *s)
{
    if (say_num(s, KEY_LINE))
        strbuf_addf(s->out, " (line %lld)", say_num(s, KEY_LINE));
}
