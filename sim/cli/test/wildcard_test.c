/* wildcard_test.c - patterns, one table. */
#include "base/array.h"
#include "cli/wildcard.h"

#include <criterion/criterion.h>

static const struct {
    const char *pattern, *name;
    bool match;
} cases[] = {
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "a/b", true},
    {"**", "abc", true},
    {"a*", "abc", true},
    {"a*", "bac", false},
    {"*c", "abc", true},
    {"*c", "abcd", false},
    {"a*c*e", "abcde", true},
    {"a*c*e", "abde", false},
    {"*ab", "aab", true}, /* the * must give back */
    {"*a*b*c", "xaxbxabc", true},
    {"?", "", false},
    {"a?c", "abc", true},
    {"a?c", "ac", false},
    {"[abc]", "b", true},
    {"[abc]", "d", false},
    {"[a-c]x", "bx", true},
    {"[a-c]x", "dx", false},
    {"[!a-c]", "d", true},
    {"[!a-c]", "b", false},
    {"[]]", "]", true},
    {"[!]]", "]", false},
    {"[a-]", "-", true},
    {"[", "[", true}, /* no set: itself */
    {"[abc", "[abc", true},
    {"00[12]*.yaml", "001-x.yaml", true},
    {"00[12]*.yaml", "003-x.yaml", false},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"*\303\266n", "sch\303\266n", true},
};

Test(wildcard, table)
{
    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++)
        cr_expect_eq(wildcard_match(cases[i].pattern, cases[i].name),
                     cases[i].match, "\"%s\" against \"%s\"", cases[i].pattern,
                     cases[i].name);
}
