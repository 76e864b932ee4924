/*
 * writer.h - a writer of the simulated world: what it is, how it behaves,
 * how it is doing.
 *
 * A writer is an instance: a process that restarts is another one. Times are
 * virtual milliseconds. Strings are UTF-8 and belong to the scenario, which
 * outlives the world.
 */
#ifndef WRITERS_WRITER_H
#define WRITERS_WRITER_H

#include "com/writer_desc.h"
#include "writers/events.h"

/* Behaviour is given by event; those that no writer hears have none. */
#define WRITER_EVENTS VSSIM_EVENT_COUNT

enum crash_when { CRASH_NEVER, CRASH_BEFORE, CRASH_DURING, CRASH_AFTER };

/* A call that the handler makes on one of its components. */
enum edit_method {
    EDIT_RESTORE_TARGET,
    EDIT_RESTORE_METADATA,
    EDIT_PRE_RESTORE_MESSAGE,
    EDIT_POST_RESTORE_MESSAGE,
    EDIT_DIRECTED_TARGET,
    EDIT_FAILURE,
    EDIT_BACKUP_METADATA,
    EDIT_BACKUP_STAMP,
    EDIT_PARTIAL_FILE,
    EDIT_DIFFERENCED_FILE,
    EDIT_PREPARE_MESSAGE,
    EDIT_POST_SNAPSHOT_MESSAGE
};

struct writer_edit {
    enum edit_method method;
    const char *component; /* name; NULL: every component */
    int64_t value;         /* RESTORE_TARGET; DIFFERENCED_FILE: recursive */
    int64_t time;          /* DIFFERENCED_FILE: a FILETIME */
    const char *text;      /* the text, or FAILURE's message */
    HRESULT code;          /* FAILURE */
    HRESULT application;   /* FAILURE */
    /* DIRECTED_TARGET: source path, file, ranges, target path, file, ranges;
     * PARTIAL_FILE: path, file, ranges, metadata; DIFFERENCED_FILE: path,
     * file specification */
    const char *target[6];
};

/* Behaviour does not apply while the condition holds. */
enum condition_kind {
    CONDITION_NONE,
    CONDITION_FLAG,
    CONDITION_LOGICAL_PATH,
    CONDITION_RESTORE_OPTIONS,
    CONDITION_ADDITIONAL_RESTORES,
    CONDITION_FILE_RESTORE_STATUS,
    CONDITION_NEW_TARGET
};

struct writer_condition {
    enum condition_kind kind;
    const char *text;
    int64_t value;
};

struct behaviour {
    bool present;
    uint32_t declared; /* index of its declare record */
    uint64_t after;
    bool veto;
    HRESULT code; /* of the veto */
    int returns;  /* -1: as the veto has it */
    bool partial; /* SetWriterFailureEx(PARTIAL_FAILURE) */
    HRESULT application;
    const char *application_text;
    const char *message;
    uint32_t times; /* 0: always */
    bool hang;
    enum crash_when crash;
    bool restarts;
    bool refuse;
    bool no_status;
    const struct writer_edit *edits;
    uint32_t n_edits;
    struct writer_condition unless;
};

struct writer_status {
    VSS_WRITER_STATE state;
    HRESULT failure;
    HRESULT application;
    const char *message; /* NULL: none */
};

struct writer {
    const char *handle;
    const struct vss_writer_desc *desc;
    GUID instance;
    bool live;
    bool identified;   /* answered the latest Identify that reached it */
    uint32_t identify; /* ... which had this ticket */
    struct writer_status status;
    uint64_t frozen_at; /* when Freeze reached it */
    bool in_backup;     /* one of these is a backup's */
    uint32_t sessions;  /* backups and restores it heard the beginning of and
                          not the end */
    uint32_t abandoned; /* sessions that earlier runs never closed */
    struct behaviour behaviour[WRITER_EVENTS];
    uint32_t deliveries[WRITER_EVENTS];
    char *metadata; /* its Writer Metadata Document, made when first asked */
    size_t metadata_size;
    WCHAR *wide_name;
    WCHAR *wide_instance_name;
    WCHAR *wide_message;
    struct writer *next;
};

#endif
