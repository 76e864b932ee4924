/* agent_json.c - the texts in JSON, a guest agent's answer; see parts.h. */
#include <jansson.h>
#include <string.h>

#include "import/parts.h"

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* False when it is no base64. */
static bool decode(const char *text, struct strbuf *out)
{
    unsigned long bits = 0;
    int n = 0;

    for (; *text && *text != '='; text++) {
        int d = digit(*text);

        if (d < 0)
            return false;
        bits = (bits << 6 | (unsigned)d) & 0xFFFFFF;
        n += 6;
        if (n >= 8) {
            n -= 8;
            strbuf_addc(out, (char)(bits >> n & 0xFF));
        }
    }
    return true;
}

/* qemu's agent gives a program's output in base64. */
static bool is_encoded(const char *key)
{
    return strcmp(key, "out-data") == 0 || strcmp(key, "err-data") == 0;
}

static void collect(const char *key, json_t *value, unsigned depth,
                    struct strbuf *out)
{
    const char *name;
    json_t *one;
    size_t i;

    if (depth > 30)
        return;
    if (json_is_string(value)) {
        struct strbuf plain = STRBUF_INIT;

        if (is_encoded(key) && decode(json_string_value(value), &plain) &&
            plain.len)
            strbuf_add_utf8(out, plain.buf, plain.len);
        else
            strbuf_adds(out, json_string_value(value));
        strbuf_addc(out, '\n');
        strbuf_release(&plain);
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, one) collect("", one, depth + 1, out);
    } else if (json_is_object(value)) {
        json_object_foreach(value, name, one)
            collect(name, one, depth + 1, out);
    }
}

bool import_json(struct import *im, const char *text, size_t size,
                 char **inner)
{
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_DISABLE_EOF_CHECK, &error);
    struct strbuf out = STRBUF_INIT;

    if (!root)
        return false;
    collect("", root, 0, &out);
    json_decref(root);
    *inner = arena_strdup(im->arena, strbuf_str(&out));
    strbuf_release(&out);
    return true;
}
