/*
 * writer_desc.h - a writer and its components as plain data.
 *
 * The common coin between profiles (writers/), the player and the XML of the
 * two documents. Strings are UTF-8, NULL where absent; the owner is whoever
 * filled it in (arenas throughout), nothing here is freed piece by piece.
 */
#ifndef COM_WRITER_DESC_H
#define COM_WRITER_DESC_H

#include <vssim/win32/vsbackup.h>

struct vss_file_desc {
    const char *path;
    const char *filespec;
    const char *alternate; /* alternate location, or NULL */
    bool recursive;
    uint32_t backup_type_mask; /* VSS_FILE_SPEC_BACKUP_TYPE; 0: default */
};

struct vss_dependency_desc {
    GUID writer;
    const char *logical_path;
    const char *name;
};

struct vss_component_desc {
    VSS_COMPONENT_TYPE type;
    const char *logical_path; /* NULL and "" mean the same */
    const char *name;
    const char *caption;
    bool restore_metadata;
    bool notify_on_backup_complete;
    bool selectable;
    bool selectable_for_restore;
    uint32_t flags; /* VSS_COMPONENT_FLAGS */
    const struct vss_file_desc *files;
    uint32_t n_files;
    const struct vss_file_desc *databases;
    uint32_t n_databases;
    const struct vss_file_desc *logs;
    uint32_t n_logs;
    const struct vss_dependency_desc *dependencies;
    uint32_t n_dependencies;
};

struct vss_writer_desc {
    GUID writer;   /* class id */
    GUID instance; /* of the live instance, or as recorded at backup */
    const char *name;
    const char *instance_name;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    uint32_t backup_schema; /* VSS_BACKUP_SCHEMA */
    uint32_t version_major;
    uint32_t version_minor;
    VSS_RESTOREMETHOD_ENUM restore_method;
    VSS_WRITERRESTORE_ENUM writer_restore;
    const char *service;
    const char *user_procedure;
    bool reboot_required;
    const struct vss_file_desc *mappings; /* alternate location mappings */
    uint32_t n_mappings;
    const struct vss_file_desc *excludes;
    uint32_t n_excludes;
    const struct vss_component_desc *components;
    uint32_t n_components;
};

#endif
