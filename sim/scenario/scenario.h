/*
 * scenario.h - a scenario, read and checked, ready to play.
 *
 * Everything hangs on the arena it was loaded into and is never changed by
 * playing. See vssim-scenario(5) for what the parts mean.
 */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "com/api.h"
#include "world/world.h"
#include "writers/profiles.h"
#include "yaml/node.h"

enum step_kind {
    STEP_METHOD, /* a method of the API or an exported function */
    STEP_QUERY_INTERFACE,
    STEP_ADD_REF,
    STEP_RELEASE,
    STEP_PREPARE,
    STEP_FINISH,
    STEP_BACKUP,
    STEP_SLEEP,
    STEP_SET,
    STEP_NOTE,
    STEP_EXIT,
    STEP_CLEAN,
    STEP_REGISTRY
};

struct step_arg { /* one parameter, when given */
    bool given;
    bool null;
    int64_t num;
    GUID guid;
    const char *text;
    const GUID *guids;
    uint32_t n_guids;
    const char *saved; /* an id named by an earlier step, or NULL */
};

struct step_want { /* an expected out-parameter, as text; see EXPECT */
    const char *param;
    const char *want;
    bool saved; /* `want` is the name of an id */
    int line, col;
    struct step_want *next;
};

/* Where InitializeForRestore's document comes from, unless bstrXML is given */
struct step_document {
    const char *file_text; /* contents of a file, or NULL */
    size_t file_size;
    const char *saved; /* name given to a SaveAsXML, or NULL */
};

struct step_clean { /* CLEAN */
    const char *disk;
    bool force, force_oem, full;
};

struct step_registry { /* REGISTRY: what is not given is NULL or false */
    const char *last_instance;
    const char *restored; /* blank separated */
    bool has_quick, quick;
};

struct step {
    enum step_kind kind;
    const char *name; /* as written */
    int line, col;
    const struct api_method *method;
    const struct api_iface *iface; /* QUERY_INTERFACE; NULL: raw iid */
    GUID iid;
    struct step_arg args[API_MAX_PARAMS];
    const char *returns; /* codes separated by |; default S_OK */
    int returns_line, returns_col;
    struct step_want *wants;
    bool has_takes;
    uint64_t takes;
    const char *phase;
    bool has_at;
    uint64_t at;       /* SLEEP too: how long */
    uint32_t declared; /* its declare record, when it has `at` */
    const char *as, *on;
    bool keep, wait;
    const char *ends;            /* code name, with wait */
    const struct writer *writer; /* short form; NULL: not given */
    const struct vss_component_desc *component;
    bool by_writer;         /* look the index up by writer */
    bool found;             /* ... and expect that there is one */
    const char *each_alloc; /* code name, or NULL */
    struct step_document document;
    const struct writer **select; /* PREPARE, BACKUP; NULL: all */
    uint32_t n_select;
    bool has_select;
    const char *flag;     /* SET, NOTE */
    int64_t exit_code;    /* EXIT */
    const char **volumes; /* BACKUP */
    uint32_t n_volumes;
    struct step_clean clean;
    struct step_registry registry;
    struct step *next;
};

struct expected_events {
    const struct writer *writer;
    const char *events; /* blank separated */
    int line, col;
    struct expected_events *next;
};

struct expected_text { /* of the event log, or of a program's output */
    const char *want;
    int line, col;
    struct expected_text *next;
};

struct declared { /* something that must take effect */
    uint32_t index;
    const char *what; /* behaviour, fault, action */
    const char *name;
    int line, col;
    struct declared *next;
};

struct scenario_writer {
    struct writer writer; /* template; instance id included */
    bool backed_up;
    bool written;    /* an entry of `writers:`, not a saved document's */
    bool of_machine; /* there because of the machine's role */
    struct scenario_writer *next;
};

struct scenario {
    const char *file;  /* as given */
    const char *topic; /* the folder it is in */
    const char *title;
    const char *tags, *cites; /* blank separated, or NULL */
    const char *skip, *todo;
    const char *findings; /* NULL: no such expectation */
    bool requester_rules; /* they apply to the script, too */
    uint64_t seed;
    enum vssim_windows windows;
    bool windows_named;      /* the scenario itself says which */
    bool windows_overridden; /* ... and somebody else says another */
    int since, until; /* versions that its expectations hold for; -1: any */
    bool world_given; /* world: decides more than the version */
    int policy[VSSIM_POLICY_COUNT];
    uint64_t hung;
    bool hung_given;
    uint64_t freeze;
    uint32_t slots;
    struct storage_volume *volumes;     /* NULL: the default */
    struct storage_provider *providers; /* NULL: the default */
    const struct machine *machine;      /* NULL: none declared */
    struct scenario_writer *writers;
    struct fault *faults;
    struct step *steps;
    struct expected_events *events;
    struct expected_disk { /* what became of a disk of the ASR backup */
        const char *name, *want;
        int line, col;
        struct expected_disk *next;
    } * disks;
    struct expected_text *log;
    struct expected_text *output; /* exec */
    bool has_exit;
    int64_t exit; /* exec: the program's exit code */
    int exit_line, exit_col;
    struct declared *declared;
    uint32_t n_declared;
    const char *document; /* Backup Components Document, UTF-8 */
    size_t document_size;
    bool has_requester;
    const char *state_dir; /* NULL: nothing outlives the run */
    struct sweep sweep;
    bool explore; /* write a digest record where the script ends */
};

/* What the command line decides over the scenario. */
struct scenario_overrides {
    int windows;                    /* -1: as the scenario says */
    int policy[VSSIM_POLICY_COUNT]; /* -1: as the scenario says */
    bool lenient;                   /* the default set */
    bool has_seed;
    uint64_t seed;
    const char *state_dir; /* NULL: none; see state_dir.h */
    struct sweep sweep;
    bool explore;     /* write a digest record where the script ends */
    const char *root; /* includes and files must lie below; NULL: the folder
                         of the file */
};

void scenario_overrides_init(struct scenario_overrides *overrides);
/* A Windows version; a policy as KEY=VALUE, or strict or lenient for all.
 * False after a message on stderr. */
bool scenario_override_windows(struct scenario_overrides *overrides,
                               const char *key);
bool scenario_override_policy(struct scenario_overrides *overrides,
                              const char *text);

/* NULL when there are problems. `name` is shown in messages. */
struct scenario *scenario_load(struct arena *arena, const char *file,
                               const struct scenario_overrides *overrides,
                               struct problems *problems);
struct scenario *scenario_parse(struct arena *arena, const char *name,
                                const char *text, size_t size,
                                const struct scenario_overrides *overrides,
                                struct problems *problems);

/* Windows versions and policies by name; -1 when unknown. */
int windows_of(const char *key);
const char *windows_key(enum vssim_windows windows);
int policy_of(const char *key);
const char *policy_key(enum vssim_policy policy);
int policy_alternative(enum vssim_policy policy, const char *value);
/* The alternative's name, into `out`. */
const char *policy_value(enum vssim_policy policy, int value, char *out,
                         size_t room);
int policy_default(enum vssim_policy policy, bool lenient);

#endif
