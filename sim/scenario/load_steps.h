/* load_steps.h - shared by load_steps.c, load_step_args.c and step_keys.c. */
#ifndef SCENARIO_LOAD_STEPS_H
#define SCENARIO_LOAD_STEPS_H

#include "base/strbuf.h"
#include "scenario/load.h"

/* An argument from its value in the step. */
void load_step_arg(struct loader *l, struct step_arg *a,
                   const struct api_param *p, const struct node *n);
/* What a call may return: one code, several, or any. */
const char *load_codes(struct loader *l, const struct node *n);
/* The step demands that out-parameter `param` is `want`. */
void load_add_want(struct loader *l, struct step *s, const char *param,
                   const char *want, const struct node *where);
/* The same, from a value of the step. */
void load_want_param(struct loader *l, struct step *s, const char *param,
                     const struct node *n);
/* --- step_keys.c --- */
/* The family of what the method hands out, or -1. */
int step_handed_out(const struct api_method *m);
bool step_has_param(const struct api_method *m, const char *name);
/* Is it asked for by an index, which a step may give as a writer? */
bool step_by_index(const struct api_method *m);
bool step_takes_writer(const struct api_method *m);
bool step_takes_component(const struct api_method *m);
bool step_takes_key(const struct api_method *m, const char *key);
/* All keys, for a message. */
void step_list_keys(const struct api_method *m, struct strbuf *out);
/* The method meant, or NULL: none is called that. */
const struct api_method *step_choose(struct loader *l, const char *name,
                                     const struct node *map);

#endif
