/*
 * test_writer.h - parts of the reader of Test Writer configurations.
 *
 * test_writer.c has the elements, test_writer_files.c what they say about
 * files. Each appends YAML to the buffers of the configuration.
 */
#ifndef IMPORT_TEST_WRITER_H
#define IMPORT_TEST_WRITER_H

#include "import/parts.h"

struct failure {
    unsigned long line;
    int state;
    bool abort, retryable;
    unsigned times;
    struct failure *next;
};

struct config {
    struct import *im;
    struct strbuf keys, mappings, excludes, components, edits;
    struct failure *failures, **last;
    const char *component; /* of the edits under way */
    const char *method, *restore;
    bool reboot, never; /* it wants no restore events */
};

/* Attributes: yes or no; one of some words; a number up to `most`. */
bool tw_yes(struct import *im, struct xml_element *e, const char *name,
            bool otherwise);
int tw_number(struct import *im, struct xml_element *e, const char *name,
              int otherwise, int most);
void tw_text(struct strbuf *out, const char *key, const char *value);
/* An entry of files, mappings or excludes. */
void tw_file_set(struct import *im, struct strbuf *out, struct xml_element *e,
                 const char *indent, bool masks);
/* PartialFile and DifferencedFile: an entry of edit. */
void tw_edit(struct config *c, struct xml_element *e, bool partial);

#endif
