/* tables.c - Windows versions and policies by name; see scenario.h. */
#include <stdio.h>
#include <string.h>

#include "scenario/scenario.h"

static const char *const windows_keys[] = {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) key,
#include <vssim/windows.def>
#undef WINDOWS
};

static const struct {
    const char *key;
    const char *alternatives;
    int strict, lenient;
} policies[] = {
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    {key, alternatives, strict, lenient},
#include <vssim/policy.def>
#undef POLICY
};

int windows_of(const char *key)
{
    for (int i = 0; i < VSSIM_WINDOWS_COUNT; i++)
        if (strcmp(windows_keys[i], key) == 0)
            return i;
    return -1;
}

const char *windows_key(enum vssim_windows windows)
{
    return windows_keys[windows];
}

int policy_of(const char *key)
{
    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        if (strcmp(policies[i].key, key) == 0)
            return i;
    return -1;
}

const char *policy_key(enum vssim_policy policy)
{
    return policies[policy].key;
}

int policy_alternative(enum vssim_policy policy, const char *value)
{
    const char *at = policies[policy].alternatives;
    size_t want = strlen(value);

    for (int i = 0;; i++) {
        size_t length = strcspn(at, " ");

        if (length == want && memcmp(at, value, want) == 0)
            return i;
        if (!at[length])
            return -1;
        at += length + 1;
    }
}

const char *policy_value(enum vssim_policy policy, int value, char *out,
                         size_t room)
{
    const char *at = policies[policy].alternatives;

    while (value-- > 0)
        at += strcspn(at, " ") + 1;
    snprintf(out, room, "%.*s", (int)strcspn(at, " "), at);
    return out;
}

int policy_default(enum vssim_policy policy, bool lenient)
{
    return lenient ? policies[policy].lenient : policies[policy].strict;
}
