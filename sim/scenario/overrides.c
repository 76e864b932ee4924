/* overrides.c - what somebody decides over a scenario; see scenario.h. */
#include <stdio.h>
#include <string.h>

#include "scenario/scenario.h"

bool scenario_override_windows(struct scenario_overrides *o, const char *key)
{
    o->windows = windows_of(key);
    if (o->windows >= 0)
        return true;
    fprintf(stderr,
            "vssim: \"%s\" is no Windows version: see vssim list "
            "--windows\n",
            key);
    return false;
}

bool scenario_override_policy(struct scenario_overrides *o, const char *text)
{
    const char *equals = strchr(text, '=');
    char key[64];
    int policy, value;

    if (strcmp(text, "strict") == 0 || strcmp(text, "lenient") == 0) {
        for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
            o->policy[i] = policy_default((enum vssim_policy)i,
                                          strcmp(text, "lenient") == 0);
        return true;
    }
    if (!equals || (size_t)(equals - text) >= sizeof(key)) {
        fprintf(stderr,
                "vssim: --policy %s: KEY=VALUE, strict or lenient is "
                "allowed\n",
                text);
        return false;
    }
    memcpy(key, text, (size_t)(equals - text));
    key[equals - text] = '\0';
    policy = policy_of(key);
    if (policy < 0) {
        fprintf(stderr,
                "vssim: \"%s\" is no policy: see vssim list "
                "--policies\n",
                key);
        return false;
    }
    value = policy_alternative((enum vssim_policy)policy, equals + 1);
    if (value < 0) {
        fprintf(stderr,
                "vssim: \"%s\" is no choice for %s: see vssim explain "
                "%s\n",
                equals + 1, key, key);
        return false;
    }
    o->policy[policy] = value;
    return true;
}
