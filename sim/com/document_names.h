/*
 * document_names.h - the element names of the two documents. Values of their
 * attributes: document_values.def.
 *
 * Those marked "seen" stand in documents that diskshadow saved on real
 * machines or in examples on Microsoft's pages; the others carry the name of
 * the API parameter that sets them, since no public document shows them.
 */
#ifndef COM_DOCUMENT_NAMES_H
#define COM_DOCUMENT_NAMES_H

/* Backup Components Document */
#define BCD_ROOT "BACKUP_COMPONENTS"                   /* seen */
#define BCD_NAMESPACE "x-schema:#VssComponentMetadata" /* seen */
#define BCD_WRITER "WRITER_COMPONENTS"                 /* seen */
#define BCD_COMPONENT "COMPONENT"                      /* seen */
#define BCD_BACKUP_METADATA "BACKUP_METADATA"          /* seen */
#define BCD_RESTORE_METADATA "RESTORE_METADATA"
#define BCD_PARTIAL_FILE "PARTIAL_FILE"
#define BCD_DIFFERENCED_FILE "DIFFERENCED_FILE"
#define BCD_NEW_TARGET "NEW_TARGET"
#define BCD_DIRECTED_TARGET "DIRECTED_TARGET"
#define BCD_SUBCOMPONENT "RESTORE_SUBCOMPONENT"
#define BCD_ROLL_FORWARD "ROLL_FORWARD"
#define BCD_FAILURE "FAILURE"
#define BCD_SNAPSHOT_SET "SNAPSHOT_SET"
#define BCD_SNAPSHOT "SNAPSHOT"

/* Writer Metadata Document */
#define WMD_ROOT "WRITER_METADATA"                      /* seen */
#define WMD_NAMESPACE "x-schema:#VssWriterMetadataInfo" /* seen */
#define WMD_IDENTIFICATION "IDENTIFICATION"             /* seen */
#define WMD_RESTORE_METHOD "RESTORE_METHOD"             /* seen */
#define WMD_LOCATIONS "BACKUP_LOCATIONS"                /* seen */
#define WMD_FILE_GROUP "FILE_GROUP"                     /* seen */
#define WMD_FILE_LIST "FILE_LIST"                       /* seen */
#define WMD_DATABASE "DATABASE"                         /* seen */
#define WMD_DATABASE_FILES "DATABASE_FILES"             /* seen */
#define WMD_DATABASE_LOGS "DATABASE_LOGFILES"           /* seen */
#define WMD_INCLUDE "INCLUDE_FILES"
#define WMD_EXCLUDE "EXCLUDE_FILES"                        /* seen */
#define WMD_EXCLUDE_SNAPSHOT "EXCLUDE_FILES_FROM_SNAPSHOT" /* seen */
#define WMD_DEPENDENCY "DEPENDENCY"

/* In both */
#define DOC_MAPPING "ALTERNATE_LOCATION_MAPPING"
#define DOC_VERSION "1.2" /* seen */

#endif
