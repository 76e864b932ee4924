/*
 * load.h - the parts of the loader; for this room only.
 *
 * A loader lives while one file is read. What goes wrong is a problem with its
 * place, and loading goes on; what is made belongs to the arena. load.c is on
 * top, load_names.c below all; scenario.h says what comes out.
 */
#ifndef SCENARIO_LOAD_H
#define SCENARIO_LOAD_H

#include "scenario/scenario.h"

#define NAMED_DOCUMENT (-1)
#define NAMED_ID (-2) /* of a shadow copy or set */

struct loader {
    struct arena *arena;
    struct problems *problems;
    struct scenario *scenario;
    const struct scenario_overrides *overrides;
    const char *file;
    struct scenario_writer **last_writer;
    struct fault **last_fault;
    struct step **last_step;
    unsigned include_depth;
    /* names given by `as` so far and what they name */
    struct named {
        const char *name;
        int family; /* or NAMED_... */
        struct named *next;
    } * names;
    unsigned families; /* bit mask: kinds of object handed out so far */
    uint32_t n_instances;
};

/* --- load_names.c --- */
/* Declares something that must take effect; gives its index. */
uint32_t load_declare(struct loader *l, const char *what, const char *name,
                      const struct node *where);
/* Words separated by blanks out of a list (or a single value) of texts. */
const char *load_words(struct loader *l, const struct node *node);
/* The folder that a file is in. */
char *load_folder_of(struct loader *l, const char *file);
/* A saved document or metadata file named in a scenario: its contents. */
char *load_file(struct loader *l, const struct node *node, size_t limit,
                size_t *size, const char **path);
void load_give_name(struct loader *l, const char *name, int family);
/* What an earlier step named with `as`, or NULL. */
const struct named *load_find_name(const struct loader *l, const char *name);
/* The writer with that handle, or NULL. */
struct scenario_writer *load_writer_called(struct loader *l,
                                           const char *handle);
/* The same, or a problem and NULL. */
const struct scenario_writer *load_find_writer(struct loader *l,
                                               const struct node *node);
const struct vss_component_desc *load_find_component(
    struct loader *l, const struct writer *writer, const struct node *node);

bool load_event_known(const char *name);
/* Their names, for a message. */
const char *load_all_events(struct loader *l);

/* --- keys of the file --- */
void load_world(struct loader *l, const struct node *node);
void load_writers(struct loader *l, const struct node *node);
void load_default_writer(struct loader *l);
/* load_machine.c: the writers of a machine with that role, or those roles. */
void load_machine(struct loader *l, const struct node *roles);
/* load_disks.c: the machine of a disaster recovery; load_clean.c: what a
 * script does to it. */
void load_disk_machine(struct loader *l, const struct node *map);
void load_expected_disks(struct loader *l, const struct node *map);
void load_clean_step(struct loader *l, struct step *s, const struct node *map);
void load_registry_step(struct loader *l, struct step *s,
                        const struct node *map);
/* Adds the writer of a built-in profile, read already. */
void load_machine_writer(struct loader *l, const char *profile,
                         const struct node *root);
void load_behaviour(struct loader *l, struct writer *writer,
                    const struct node *node);
/* load_edits.c: OWN keys of behaviours.def. */
void load_own_edits(struct loader *l, struct writer *w, struct behaviour *b,
                    const struct node *list);
void load_own_partial(struct loader *l, struct writer *w, struct behaviour *b,
                      const struct node *map);
void load_faults(struct loader *l, const struct node *node);
/* load_backup.c: world's volumes and providers; contexts and attributes by
 * name; the step backup. */
void load_volumes(struct loader *l, const struct node *list);
void load_providers(struct loader *l, const struct node *list);
bool load_bits(struct loader *l, const struct node *n, int64_t *value);
void load_backup_step(struct loader *l, struct step *s,
                      const struct node *map);
bool load_select(struct loader *l, struct step *s, const struct node *list);
void load_saved_document(struct loader *l, struct step *s,
                         const struct node *map);
void load_requester(struct loader *l, const struct node *node);
void load_expect(struct loader *l, const struct node *node);
/* --- load_profile.c --- */
#define PROFILE_KEYS \
    "name", "class", "usage", "source", "restore-method", "writer-restore", \
        "service", "user-procedure", "reboot-required", "backup-schema", \
        "version", "components", "mappings", "excludes", "text", "cites", \
        "since", "until", "edition", "roles", "winpe", "hosted-in", \
        "other-names"

/* The built-in profile of that name, or ./FILE.yaml; false after a problem. */
bool load_profile(struct loader *l, struct vss_writer_desc *desc,
                  const struct node *where, const char *name);
/* A text, a boolean, where the map has it. */
void load_text_key(struct loader *l, const struct node *map, const char *key,
                   const char **out);
void load_bool_key(struct loader *l, const struct node *map, const char *key,
                   bool *out);
/* Fills the description from a profile's keys (a profile file or an entry of
 * `writers`, whose other keys are left alone). */
void load_profile_keys(struct loader *l, struct vss_writer_desc *desc,
                       const struct node *node);
#endif
