/*
 * trace_file.h - the trace as a program leaves it behind.
 *
 * A magic line, then records as they lie in memory (base/trace.h). Written
 * record by record, so that a program that dies has left all up to there; an
 * incomplete record at the end is none. Only the version of vssim that wrote
 * a file reads it: vssim show --json makes JSON Lines of it.
 */
#ifndef EXEC_TRACE_FILE_H
#define EXEC_TRACE_FILE_H

#include "base/trace.h"
#include "base/version.h"

#define TRACE_FILE_MAGIC "vssim-trace " VSSIM_VERSION " 1\n"

/* The file that a problem record names when vssim itself failed. */
#define TRACE_FILE_OURS "vssim"

#endif
