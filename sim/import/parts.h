/*
 * parts.h - what the recognisers of sim/import share.
 *
 * Text comes to them as lines: UTF-8 without control characters, mail
 * quoting, markdown and blanks at the ends taken off (clean_lines.c). Facts
 * about writers are gathered in the order of the text (facts.c) and become
 * scenarios in emit.c.
 */
#ifndef IMPORT_PARTS_H
#define IMPORT_PARTS_H

#include <vssim/win32/vsbackup.h>

#include "import/import.h"
#include "yaml/yaml_write.h"

/* --- notes.c: notes and outputs --- */
void import_unread(struct import *im, unsigned long line, const char *format,
                   ...) PRINTF_LIKE(3, 4);
void import_assume(struct import *im, unsigned long line, const char *format,
                   ...) PRINTF_LIKE(3, 4);
bool import_problem(struct import *im, unsigned long line, const char *format,
                    ...) PRINTF_LIKE(3, 4); /* always false */
struct strbuf *import_output(struct import *im, const char *suffix,
                             const char *what);

/* The opening of every scenario: format, title, what was read and assumed. */
void import_opening(struct import *im, struct strbuf *out, const char *title,
                    const char *kind);

/* --- clean_lines.c --- */
struct line {
    unsigned long number; /* from 1 */
    char *text;
    bool taken; /* a recogniser has understood it */
    struct line *next;
};

/* UTF-8 of any bytes: byte-order marks are obeyed, NUL bytes and what is no
 * text become U+FFFD. */
char *text_decode(struct arena *arena, const char *bytes, size_t size,
                  size_t *length);
struct line *text_lines(struct arena *arena, const char *text, size_t size);
/* "key: value" at the first colon that can be one: the value, NULL otherwise;
 * the key's length into *length. Blanks around the colon do not count. */
const char *text_value(const char *line, size_t *length);
/* Case-blind for ASCII. */
bool text_is(const char *a, size_t length, const char *b);
const char *text_find(const char *text, const char *what);
/* The first {GUID} (or a bare one) in `text`. */
bool text_guid(const char *text, GUID *guid);
/* 0x and up to eight hexadecimal digits anywhere in `text`. */
bool text_code(const char *text, HRESULT *code);

/* --- facts.c --- */
struct fact {
    unsigned long line;
    const char *name; /* NULL: not told */
    bool has_class, has_instance;
    GUID class, instance;
    int state; /* VSS_WRITER_STATE, -1: not told */
    bool has_code;
    HRESULT code;
    const char *error; /* as told, NULL: not */
    unsigned times;    /* the failure happens so often; 0: always */
    const char *body;  /* lines of YAML for an entry of writers, or NULL */
    const char *edits; /* of PostSnapshot in a good backup, or NULL */
    bool at_abort;     /* the failure is one at Abort */
    bool never, bare;  /* no restore events, no components: the profile's */
    /* filled in by facts_complete */
    const char *profile, *profile_name;
    const char *handle;
    bool out; /* not to be played: said in a comment */
    struct fact *next;
};

struct facts {
    struct import *im;
    struct fact *first, *last;
    unsigned n;
    const char *kind; /* "a list of writers", ... for the comments */
    bool leftover;    /* states are what some earlier operation left */
    bool need_backup; /* the bodies' behaviours need one */
};

#define FACTS_MAX 500

struct fact *facts_add(struct facts *facts, unsigned long line);
/* Profiles, handles, codes; merges what is told twice. */
void facts_complete(struct facts *facts);
/* The code that an English (or a known localised) "Last error" text means. */
bool facts_error(const char *text, HRESULT *code);
/* A profile of the program by class id, or by name (may be NULL). */
struct known_profile {
    const char *profile, *name;
    GUID class;
    bool never, bare;
};
bool facts_profile(struct import *im, const GUID *class, const char *name,
                   struct known_profile *out);
const char *facts_slug(struct arena *arena, const char *name);

/* --- emit.c, emit_steps.c --- */
void emit_facts(struct facts *facts);
/* One scenario; `twin`: the failure was a leftover of an earlier session. */
void emit_scenario(struct facts *facts, struct strbuf *out, bool twin);
void emit_steps(struct facts *facts, struct strbuf *out, bool twin);

/* --- recognisers: true when the text is theirs; then scenarios or a problem
 * come of it --- */
bool import_text(struct import *im, struct line *lines);
bool import_xml(struct import *im, const char *text, size_t size,
                enum import_kind *kind);
bool import_trace(struct import *im, const char *text, size_t size);
/* The texts inside a JSON document, such as a guest agent's answer. */
bool import_json(struct import *im, const char *text, size_t size,
                 char **inner);
bool import_betest_list(struct import *im, struct line *lines);
/* Of import_text: each takes lines into the facts. */
void listing_lines(struct facts *facts, struct line *lines);
void log_lines(struct facts *facts, struct line *lines);
void eventlog_lines(struct facts *facts, struct line *lines);

/* --- xml.c --- */
struct xml_attribute {
    const char *name, *value;
    bool used;
    struct xml_attribute *next;
};
struct xml_element {
    const char *name;
    unsigned long line;
    struct xml_attribute *attributes;
    struct xml_element *first, *next, *parent;
    struct xml_element *last;
};
/* NULL after a problem. */
struct xml_element *xml_read(struct import *im, const char *text, size_t size);
/* NULL when absent; marks it as used. */
const char *xml_get(struct xml_element *element, const char *name);
/* Unread notes for attributes nobody asked for. */
void xml_rest(struct import *im, const struct xml_element *element);
void import_test_writer(struct import *im, struct xml_element *root);
void import_betest(struct import *im, struct xml_element *root);

#endif
