/* import_command.c - vssim import: scenarios out of what a customer sends. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "import/import.h"
#include "os/assert.h"
#include "os/os.h"

static const struct command_words words = {
    .id = COMMAND_IMPORT,
    .about =
        "Makes scenarios of what a customer sends, and says what was read, what\n"
        "was assumed and what was not understood. Without FILE, or with -,\n"
        "standard input is read. What it is is found out by itself:\n"
        "\n"
        "  vssadmin list writers, in any language; requesters' logs (vshadow,\n"
        "  diskshadow and their kin); event log entries of VSS with Operation and\n"
        "  Context; Test Writer and BETest configurations; saved Backup Components\n"
        "  and Writer Metadata Documents (all that are given make one scenario);\n"
        "  traces of vssim\n",
    .codes =
        "Exit codes: 0 all was understood; 1 scenarios were made, but lines or\n"
        "parts were not understood; 2 usage, or an input of which none can be\n"
        "made; 99 vssim itself failed.\n",
    .least = 0,
    .most = -1,
};

struct input {
    const char *name; /* as shown */
    char *bytes;
    size_t size;
    enum import_kind kind;
    struct import im;
};

struct job {
    struct arena arena;
    struct input *inputs;
    unsigned n;
    const char *output, *variant;
    bool folder;
    bool unread, bad, broken;
};

/* --- reading --- */

static bool slurp(FILE *in, struct strbuf *text)
{
    char block[65536];
    size_t n;

    while ((n = fread(block, 1, sizeof(block), in)) > 0) {
        strbuf_add(text, block, n);
        if (text->len > IMPORT_MAX_SIZE)
            break; /* import_read says so */
    }
    return !ferror(in);
}

static bool read_input(struct input *input)
{
    bool is_stdin = strcmp(input->name, "-") == 0;
    struct strbuf text = STRBUF_INIT;
    FILE *in;
    bool good;

    in = is_stdin ? stdin : fopen(input->name, "rb");
    if (!in) {
        fprintf(stderr, "vssim: cannot read %s: %s\n", input->name,
                strerror(errno));
        return false;
    }
    if (!(good = slurp(in, &text)))
        fprintf(stderr, "vssim: cannot read %s: %s\n", input->name,
                strerror(errno));
    if (!is_stdin)
        fclose(in);
    input->name = is_stdin ? "standard input" : input->name;
    input->bytes = text.buf ? text.buf : xstrdup("");
    input->size = text.len;
    return good;
}

/* --- messages --- */

static void tell(const struct import *im, unsigned long line, const char *what,
                 const char *text)
{
    struct strbuf clean = STRBUF_INIT;

    for (; *text; text++)
        strbuf_addc(&clean, (unsigned char)*text < 0x20 || *text == 0x7F
                                ? ' '
                                : *text);
    if (line)
        fprintf(stderr, "%s:%lu: %s%s\n", im->name, line, what,
                strbuf_str(&clean));
    else
        fprintf(stderr, "%s: %s%s\n", im->name, what, strbuf_str(&clean));
    strbuf_release(&clean);
}

static void tell_notes(struct job *job, const struct import *im)
{
    unsigned n = 0;

    for (const struct import_note *u = im->unread; u; u = u->next, n++)
        tell(im, u->line, "not understood: ", u->text);
    if (im->n_unread > n)
        fprintf(stderr, "%s: and %u more were not understood\n", im->name,
                im->n_unread - n);
    job->unread |= im->n_unread > 0;
}

static void tell_problem(struct job *job, const struct import *im)
{
    tell(im, im->problem_line, "", im->problem ? im->problem : "unreadable");
    job->bad = true;
    job->broken |= im->defective;
}

/* --- writing --- */

static const char *stem_of(struct arena *arena, const char *name)
{
    const char *slash = strrchr(name, '/'), *dot;
    char *out;

    if (strcmp(name, "standard input") == 0)
        return "imported";
    name = slash ? slash + 1 : name;
    dot = strrchr(name, '.');
    out = dot && dot > name ? arena_strndup(arena, name, (size_t)(dot - name))
                            : arena_strdup(arena, name);
    for (char *at = out; *at; at++)
        if ((unsigned char)*at <= ' ' || strchr("\\:*?\"<>|", *at))
            *at = '-';
    return out;
}

static bool write_file(struct job *job, const char *path, const char *bytes,
                       size_t size)
{
    FILE *out = fopen(path, "wb");
    bool good = out && fwrite(bytes, 1, size, out) == size;

    if (out && fclose(out) != 0)
        good = false;
    if (!good) {
        fprintf(stderr, "vssim: cannot write %s: %s\n", path, strerror(errno));
        job->broken = true;
    }
    return good;
}

static const char *path_in(struct job *job, const char *name,
                           const char *suffix)
{
    size_t length = strlen(job->output);

    while (length > 1 && job->output[length - 1] == '/')
        length--;
    return arena_printf(&job->arena, "%.*s/%s%s%s.yaml", (int)length,
                        job->output, name, *suffix ? "-" : "", suffix);
}

static const struct import_output *chosen(const struct job *job,
                                          const struct import *im)
{
    const struct import_output *o = im->outputs;

    if (job->variant)
        while (o && strcmp(o->suffix, job->variant) != 0)
            o = o->next;
    return o;
}

static void tell_others(const struct import *im,
                        const struct import_output *used)
{
    for (const struct import_output *o = im->outputs; o; o = o->next)
        if (o != used)
            fprintf(stderr,
                    "%s: there is also --variant \"%s\" (%s); "
                    "--output FOLDER writes all\n",
                    im->name, o->suffix, o->what);
}

static void write_one(struct job *job, const struct import *im)
{
    const struct import_output *o = chosen(job, im);

    if (!o) {
        fprintf(stderr, "%s: no variant \"%s\": allowed are", im->name,
                job->variant);
        for (o = im->outputs; o; o = o->next)
            fprintf(stderr, " \"%s\"", o->suffix);
        fputc('\n', stderr);
        job->bad = true;
        return;
    }
    if (!job->output)
        fwrite(o->text.buf, 1, o->text.len, stdout);
    else
        write_file(job, job->output, o->text.buf, o->text.len);
    if (!job->variant)
        tell_others(im, o);
}

static void write_outputs(struct job *job, const struct import *im,
                          const char *stem)
{
    if (!job->folder) {
        write_one(job, im);
        return;
    }
    for (const struct import_output *o = im->outputs; o; o = o->next) {
        const char *path = path_in(job, stem, o->suffix);

        if (job->variant && strcmp(job->variant, o->suffix) != 0)
            continue;
        if (write_file(job, path, o->text.buf, o->text.len))
            fprintf(stderr, "%s: %s: %s\n", im->name, path, o->what);
    }
}

/* --- saved documents --- */

/* Beside the scenario, under its own name. */
static const char *keep_document(struct job *job, const struct input *input)
{
    const char *name =
        arena_printf(&job->arena, "%s.xml", stem_of(&job->arena, input->name));
    const char *slash, *path, *folder = job->output;

    if (!job->output)
        return input->name;
    if (!job->folder) {
        slash = strrchr(job->output, '/');
        folder = slash ? arena_strndup(&job->arena, job->output,
                                       (size_t)(slash - job->output))
                       : ".";
    }
    path = arena_printf(&job->arena, "%s/%s", *folder ? folder : "/", name);
    if (strcmp(path, input->name) != 0 && strcmp(name, input->name) != 0 &&
        !write_file(job, path, input->bytes, input->size))
        return NULL;
    return name;
}

static void documents(struct job *job)
{
    struct import_document *docs =
        arena_alloc(&job->arena, (job->n + 1) * sizeof(*docs));
    struct import im = {.arena = &job->arena};
    const struct input *first = NULL;
    unsigned n = 0;

    for (unsigned i = 0; i < job->n; i++) {
        const struct input *in = &job->inputs[i];

        if (in->kind != IMPORT_METADATA && in->kind != IMPORT_DOCUMENT)
            continue;
        if (!first || in->kind == IMPORT_DOCUMENT)
            first = in;
        docs[n].metadata = in->kind == IMPORT_METADATA;
        docs[n].bytes = in->bytes;
        docs[n].size = in->size;
        docs[n].file = in->name;
        n++;
    }
    if (!n)
        return;
    im.name = first->name;
    if (!job->output && (first->name[0] == '/' ||
                         strcmp(first->name, "standard input") == 0)) {
        fprintf(stderr,
                "%s: a scenario must be able to name the document: "
                "give --output FOLDER, and it is put there, too\n",
                first->name);
        job->bad = true;
        return;
    }
    if (!import_documents(&im, docs, n)) {
        tell_problem(job, &im);
        return;
    }
    import_release(&im);
    for (unsigned i = 0, d = 0; i < job->n; i++)
        if (job->inputs[i].kind == IMPORT_METADATA ||
            job->inputs[i].kind == IMPORT_DOCUMENT)
            docs[d++].file = keep_document(job, &job->inputs[i]);
    im.assumed = NULL;
    import_documents(&im, docs, n);
    tell_notes(job, &im);
    write_outputs(job, &im, stem_of(&job->arena, first->name));
    import_release(&im);
}

/* --- the command --- */

static void import_one(struct job *job, struct input *input)
{
    input->im.arena = &job->arena;
    input->im.name = input->name;
    input->kind = import_read(&input->im, input->bytes, input->size);
    tell_notes(job, &input->im);
    if (input->kind == IMPORT_UNREADABLE)
        tell_problem(job, &input->im);
}

/* Saved documents make one scenario together, every other file its own; and
 * several scenarios do not go into one file. */
static bool fits(const struct job *job)
{
    unsigned n = 0, documents = 0;

    for (unsigned i = 0; i < job->n; i++)
        if (job->inputs[i].kind == IMPORT_SCENARIOS)
            n++;
        else if (job->inputs[i].kind != IMPORT_UNREADABLE)
            documents = 1;
    if (n + documents < 2 || job->folder)
        return true;
    fprintf(stderr, "vssim import: several scenarios: --output FOLDER/ is "
                    "needed\n");
    return false;
}

static void write_all(struct job *job)
{
    for (unsigned i = 0; i < job->n; i++)
        if (job->inputs[i].kind == IMPORT_SCENARIOS)
            write_outputs(job, &job->inputs[i].im,
                          stem_of(&job->arena, job->inputs[i].name));
    documents(job);
}

static int import_all(struct job *job)
{
    for (unsigned i = 0; i < job->n; i++)
        if (read_input(&job->inputs[i]))
            import_one(job, &job->inputs[i]);
        else
            job->bad = true;
    if (fits(job))
        write_all(job);
    else
        job->bad = true;
    for (unsigned i = 0; i < job->n; i++) {
        import_release(&job->inputs[i].im);
        free(job->inputs[i].bytes);
    }
    return job->broken   ? EXIT_HARNESS
           : job->bad    ? EXIT_USAGE
           : job->unread ? EXIT_FAILED
                         : EXIT_PASSED;
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct job *job = context;

    assert(argument && (option == OPT_OUTPUT_PATH || option == OPT_VARIANT));
    if (option == OPT_VARIANT)
        job->variant = argument;
    else
        job->output = argument;
    return true;
}

int command_import(int argc, char **argv)
{
    struct job job = {.arena = ARENA_INIT};
    int first;
    int code = options_read(&words, argc, argv, take_option, &job, &first);

    if (code != OPTIONS_GOOD)
        return code;
    job.folder = job.output &&
                 (os_is_folder(job.output) ||
                  (*job.output && job.output[strlen(job.output) - 1] == '/'));
    job.n = argc > first ? (unsigned)(argc - first) : 1;
    if (job.folder && !os_make_folder(job.output)) {
        fprintf(stderr, "vssim: cannot make %s: %s\n", job.output,
                strerror(errno));
        return EXIT_HARNESS;
    }
    job.inputs = arena_alloc(&job.arena, job.n * sizeof(*job.inputs));
    for (unsigned i = 0; i < job.n; i++)
        job.inputs[i].name = first < argc ? argv[(unsigned)first + i] : "-";
    code = import_all(&job);
    arena_release(&job.arena);
    return code;
}
