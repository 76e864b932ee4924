/*
 * class_of_the_next_writer.c - two lists that ought to be in step are not.
 *
 * Wrong: GetWriterStatus gives the class of the next writer
 * Rule: status-of-its-own
 */
#define MIX *pidWriter = writer
#include "next_writer.h"

static const struct mutation mutation = {.name = "class-of-the-next-writer",
                                         .components = components};
