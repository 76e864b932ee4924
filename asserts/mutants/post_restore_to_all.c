/*
 * post_restore_to_all.c - PostRestore goes to whoever is there, also to those
 * that were not restored.
 *
 * Wrong: PostRestore goes to every writer
 * Rule: postrestore-after-prerestore
 */
#define WRONG_EVENT VSSIM_EVENT_POST_RESTORE
#define WRONGLY(answer) true
#include "to_all.h"

static const struct mutation mutation = {.name = "post-restore-to-all",
                                         .host = wrap};
