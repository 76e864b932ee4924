/*
 * state_dir.h - what outlives a process, in a folder: shadow copies that stay,
 * a shadow copy set left in the making, writers' sessions never closed.
 *
 * One readable file, DIR/state.yaml, with a version. A run loads it into its
 * world before the first call and saves it after the last, so that two runs
 * in turn behave as on one machine. Both `run --state` and `exec` use it.
 * Not safe for two runs at the same time.
 */
#ifndef WORLD_STATE_DIR_H
#define WORLD_STATE_DIR_H

#include "world/world.h"
#include "yaml/node.h"

#define STATE_DIR_VERSION 1
#define STATE_DIR_FILE "state.yaml"

/* Brings the world, whose writers are there already, to the state that DIR
 * holds. A DIR that is not there, or empty, changes nothing. False, with
 * problems, when the file is damaged or of another version: the world must
 * not be used. */
bool state_dir_load(struct world *world, const char *dir,
                    struct problems *problems);
/* Lets what is due happen without a record, and saves. Makes DIR when it is
 * not there. False, with the reason in errno's words. */
bool state_dir_save(struct world *world, const char *dir, char *error,
                    size_t room);

#endif
