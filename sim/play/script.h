/* script.h - the state of a script while it plays; for player and steps. */
#ifndef PLAY_SCRIPT_H
#define PLAY_SCRIPT_H

#include "play/player.h"
#include "proxy/proxy.h"

struct held { /* an object, or a saved document, that the script holds */
    const char *name; /* given with `as`; NULL: none */
    struct proxy *proxy;
    bool keep;
    WCHAR *document; /* SaveAsXML's */
    bool is_id;      /* of a shadow copy or set */
    GUID id;
    struct held *next;
};

#define SCRIPT_PROPS 16 /* that one Next may ask for */

/* Lies, with all that it holds, in the heap of its world or on the stack. */
struct script {
    const struct scenario *scenario;
    struct world *world;
    struct trace *trace;
    struct held *held;                        /* the latest first */
    union api_value last_out[API_MAX_PARAMS]; /* of the latest call */
    uint32_t last_call;
    uint32_t lost; /* opaque subjects: steps that had no object */
    /* What the latest call filled in, and the ids that steps mean when they
     * name none. */
    VSS_SNAPSHOT_PROP prop;
    VSS_OBJECT_PROP props[SCRIPT_PROPS];
    GUID last_snapshot, last_set;
};

/* script_held.c */
/* Memory that lasts as long as the world. */
void *script_alloc(struct script *s, size_t size);
struct held *script_hold(struct script *s, struct proxy *proxy,
                         const char *name, bool keep);
struct held *script_named(struct script *s, const char *name);
/* The latest of a family that is alive, or else the latest tombstone. */
struct proxy *script_latest(struct script *s, enum api_family family);
/* How many references are left. */
ULONG script_release(struct proxy *proxy);
/* Lets go of everything, the latest first, but for what is to be kept. */
void script_release_all(struct script *s);

/* script_expect.c */
void script_expect(struct script *s, const char *what, const char *name,
                   const char *want, uint32_t call, int line, int col);
void script_expect_ms(struct script *s, const char *what, uint64_t want,
                      uint32_t call, int line, int col);

/* script_ids.c */
/* Keeps the ids that a call gave, under the step's name. */
void script_keep_ids(struct script *s, const struct step *step,
                     const struct api_method *m);
/* The id that a parameter means when the step gives none; false: no id. */
bool script_default_id(const struct script *s, const struct step *step,
                       const struct api_param *p, GUID *id);
/* Frees the structures that a call filled in; `keep`: leaks them. */
void script_drop_props(struct script *s, const struct api_method *m,
                       bool keep);

/* script_call.c */
/* Calls a method on an object with the step's arguments or defaults, records
 * what the step expects when `judge` is set. Out-values stay in last_out. */
HRESULT script_call(struct script *s, const struct step *step,
                    const struct api_method *method, struct proxy *on,
                    bool judge);
/* A method without arguments from a step, for composite steps; `index` is the
 * value of its first in-parameter. Expects S_OK when `judge` is set. */
HRESULT script_simple(struct script *s, const struct step *step,
                      const char *method, struct proxy *on, int64_t index,
                      bool judge);
/* The proxy that the latest call handed out, or NULL. */
struct proxy *script_handed_out(struct script *s);
/* Frees texts and structures that the latest call gave. */
void script_drop_outs(struct script *s, const struct api_method *method);

/* script_find.c */
/* Did the latest call, of that method, tell of the writer? */
bool script_is_writer(const struct script *s, const struct api_method *m,
                      const struct writer *w);
/* How many the step's method can be asked for; 0 also on failure. */
uint32_t script_count(struct script *s, const struct step *step,
                      struct proxy *on);
/* The components of the step's writer, and the step's among them; or NULL. */
struct proxy *script_writer_components(struct script *s,
                                       const struct step *step,
                                       struct proxy *on);
struct proxy *script_component(struct script *s, const struct step *step,
                               struct proxy *wc);

/* script_method.c */
/* The object of the step's `on`, or the latest of the family; NULL, and told,
 * when there is none. */
struct proxy *script_object_for(struct script *s, const struct step *step,
                                enum api_family family);
void script_wait(struct script *s, const struct step *step,
                 struct proxy *async);
void script_do_method(struct script *s, const struct step *step);
/* A method with the defaults, for composite steps. */
struct step script_plain_step(const struct step *step, const char *method);
void script_do_plain(struct script *s, const struct step *step,
                     const char *method, bool wait, const char *as);

/* script_backup.c */
void script_step_backup(struct script *s, const struct step *step);

/* script_clean.c */
void script_step_clean(struct script *s, const struct step *step);
void script_step_registry(struct script *s, const struct step *step);

/* script_run.c: one step. */
void script_step(struct script *s, const struct step *step);

#endif
