/* load_steps.h - shared by load_steps.c and load_step_args.c. */
#ifndef SCENARIO_LOAD_STEPS_H
#define SCENARIO_LOAD_STEPS_H

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
#endif
