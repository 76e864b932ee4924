/* options.c - see options.h. */
#include "cli/options.h"

#include <ctype.h>
#include <getopt.h>
#include <string.h>

#include "base/array.h"
#include "cli/cli.h"
#include "os/assert.h"
#include "yaml/node.h"

/* One command's rows as getopt_long wants them. */
struct wanted {
    struct option options[64];
    const char *names[64]; /* for nearest_word */
    char letters[64];
    unsigned n;
};

static void add_row(struct wanted *w, const struct option_row *row)
{
    struct option *o = &w->options[w->n];

    assert(w->n + 1 < ARRAY_SIZE(w->options));
    for (unsigned i = 0; i < w->n; i++)
        assert(strcmp(w->names[i], row->name) != 0);
    o->name = w->names[w->n++] = row->name;
    o->has_arg = *row->argument ? required_argument : no_argument;
    o->val = (int)row->id;
    if (row->letter) {
        size_t length = strlen(w->letters);

        assert(!strchr(w->letters, row->letter));
        assert(length + 3 < sizeof(w->letters));
        w->letters[length] = row->letter;
        if (*row->argument)
            w->letters[length + 1] = ':';
    }
}

static void want(struct wanted *w, const struct command_words *words)
{
    memset(w, 0, sizeof(*w));
    if (words->negative)
        w->letters[0] = '+'; /* stop at the first that is no option */
    for (unsigned i = 0; i < n_option_rows; i++)
        if (option_is_for(&option_rows[i], words->id))
            add_row(w, &option_rows[i]);
}

/* What getopt_long gave: a row's id, or its letter. */
static enum option_id id_of(int c, enum command_id command)
{
    if (c > OPT_HEADING)
        return (enum option_id)c;
    for (unsigned i = 0; i < n_option_rows; i++)
        if (option_rows[i].letter == c &&
            option_is_for(&option_rows[i], command))
            return option_rows[i].id;
    assert(false && "getopt_long knows only letters of the table");
    return OPT_HEADING;
}

/* What is wrong with a long option, typed as --NAME or --NAME=VALUE. */
static void say_long(const struct wanted *w, const char *command,
                     const char *said)
{
    size_t length = strcspn(said + 2, "=");
    unsigned hits = 0, at = 0;

    for (unsigned i = 0; i < w->n; i++)
        if (strncmp(w->names[i], said + 2, length) == 0) {
            if (!hits || !w->names[i][length])
                at = i;
            hits += w->names[i][length] ? 1 : 100; /* whole: it alone */
        }
    if (!hits)
        fprintf(stderr, "vssim %s: unrecognized option '%s'\n", command, said);
    else if (hits > 1 && hits < 100)
        fprintf(stderr, "vssim %s: option '%s' is ambiguous\n", command, said);
    else
        fprintf(stderr, "vssim %s: option '--%s' %s an argument\n", command,
                w->names[at],
                w->options[at].has_arg ? "requires" : "doesn't allow");
}

/* Says what is wrong with an option, the same on every system, and points to
 * the help, or to the one that may be meant. */
static int bad_option(const struct wanted *w, enum command_id command,
                      const char *said)
{
    const char *name = command_rows[command].name, *near = NULL;
    bool is_long = strncmp(said, "--", 2) == 0 && said[2];
    char typed[64];
    bool known = false;

    if (optopt > 0 && optopt < OPT_HEADING && strchr(w->letters, optopt))
        fprintf(stderr, "vssim %s: option requires an argument -- '%c'\n",
                name, optopt);
    else if (optopt > 0 && optopt < OPT_HEADING)
        fprintf(stderr, "vssim %s: invalid option -- '%c'\n", name, optopt);
    else if (is_long)
        say_long(w, name, said);
    if (is_long) {
        snprintf(typed, sizeof(typed), "%.*s", (int)strcspn(said + 2, "="),
                 said + 2);
        for (unsigned i = 0; i < w->n; i++)
            known |= strncmp(w->names[i], typed, strlen(typed)) == 0;
        near = known ? NULL : nearest_word(typed, w->names);
    }
    if (near)
        fprintf(stderr, "vssim %s: did you mean --%s? See vssim %s --help\n",
                name, near, name);
    else
        fprintf(stderr, "vssim %s: see vssim %s --help\n", name, name);
    return EXIT_USAGE;
}

static bool is_negative(const struct command_words *words, int argc,
                        char **argv)
{
    return words->negative && optind < argc && argv[optind][0] == '-' &&
           isdigit((unsigned char)argv[optind][1]);
}

int options_read(const struct command_words *words, int argc, char **argv,
                 option_taker *take, void *context, int *first)
{
    struct wanted w;
    bool good = true;
    int c, rest;

    want(&w, words);
    opterr = 0; /* bad_option says it */
    while (!is_negative(words, argc, argv) &&
           (c = getopt_long(argc, argv, w.letters, w.options, NULL)) != -1) {
        enum option_id id;

        if (c == '?')
            return bad_option(&w, words->id, argv[optind - 1]);
        id = id_of(c, words->id);
        assert(option_is_for(option_row(id), words->id));
        if (id == OPT_HELP) {
            help_command(stdout, words);
            return EXIT_PASSED;
        }
        good &= take(context, id, optarg);
    }
    if (!good)
        return EXIT_USAGE;
    rest = argc - optind;
    *first = optind;
    if (rest < words->least || (words->most >= 0 && rest > words->most))
        return usage(words);
    return OPTIONS_GOOD;
}
