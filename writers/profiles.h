/*
 * profiles.h - the writers that are part of the program.
 *
 * gen_profiles.py makes them of the files in writers/profiles, in the order of
 * their names. The texts are YAML: who wants a writer loads it.
 */
#ifndef WRITERS_PROFILES_H
#define WRITERS_PROFILES_H

#include <stddef.h>

struct builtin_profile {
    const char *name;
    const char *text;
    size_t size;
};
extern const struct builtin_profile builtin_profiles[];
extern const unsigned n_builtin_profiles;

#endif
