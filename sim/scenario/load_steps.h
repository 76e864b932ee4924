/* load_steps.h - shared by load_steps.c, load_step_args.c, load_step_keys.c. */
#ifndef SCENARIO_LOAD_STEPS_H
#define SCENARIO_LOAD_STEPS_H

#include "base/strbuf.h"
#include "scenario/load.h"

/* An argument from its value in the step. */
void load_step_arg(struct loader *l, struct step_arg *a,
                   const struct api_param *p, const struct node *n);
/* The step demands that out-parameter `param` is `want`. */
void load_add_want(struct loader *l, struct step *s, const char *param,
                   const char *want, const struct node *where);
/* The same, from a value of the step. */
void load_want_param(struct loader *l, struct step *s, const char *param,
                     const struct node *n);

/* Codes by name, one or several that are allowed. */
const char *load_codes(struct loader *l, const struct node *n);
/* The family of the object that the method hands out, or -1. */
int load_handed_out(const struct api_method *m);
/* Does a step of the method take that key? And all that it takes, in words. */
bool load_takes_key(const struct api_method *m, const char *key);
void load_list_keys(const struct api_method *m, struct strbuf *out);
/* The method meant: by the object it is called on, else the most usual one
 * that takes all the keys given. */
const struct api_method *load_choose(struct loader *l, const char *name,
                                     const struct node *map);

#endif
