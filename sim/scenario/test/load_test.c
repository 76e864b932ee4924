/* load_test.c - every mistake in a scenario is told, with its place. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "scenario/scenario.h"

static struct scenario *parse(struct arena *arena, const char *text,
                              size_t size, struct strbuf *messages)
{
    struct problems problems = {.arena = arena};
    struct scenario_overrides overrides;
    struct scenario *s;

    scenario_overrides_init(&overrides);
    s = scenario_parse(arena, "t.yaml", text, size, &overrides, &problems);
    for (const struct problem *p = problems.first; p; p = p->next)
        strbuf_addf(messages, "%d:%d: %s\n", p->line, p->col, p->text);
    return s;
}

#define HEAD "vssim: 1\nscenario: t\n"

static const struct {
    const char *text;
    const char *message; /* how a message must begin */
} mistakes[] = {
    {"", "1:1: the file is empty"},
    {"vssim: 2\nscenario: t\n", "1:8: format version 2"},
    {"scenario: t\n", "1:1: no \"vssim: 1\""},
    {"vssim: 1\n", "1:1: no \"scenario\""},
    {HEAD "writer: []\n",
     "3:1: unknown key \"writer\" (did you mean writers?)"},
    {HEAD "scenario: again\n", "3:1: \"scenario\" stands twice"},
    {HEAD "world: 7\n", "3:8: \"world\" is a value"},
    {HEAD "world: { windows: windows-95 }\n",
     "3:19: \"windows-95\" is no Windows version"},
    {HEAD "world: { policy: { check-order: sideways } }\n",
     "3:33: \"sideways\" is no choice for check-order"},
    {HEAD "world: { hung-writer: 60 }\n", "3:23: \"60\" is no time"},
    {HEAD "world: { hung-writer: 5 minutes }\n", "3:23: \"5 minutes\" is no"},
    {HEAD "world: { document: /etc/passwd }\n",
     "3:20: \"/etc/passwd\": a path"},
    {HEAD "world: { document: no-such-file.xml }\n", "3:20: cannot read"},
    {HEAD "writers:\n  - profile: nonsense\n",
     "4:14: \"nonsense\" is no profile"},
    {HEAD "writers:\n  - profile: test-writer\n  - profile: test-writer\n",
     "5:5: a second writer \"test-writer\""},
    {HEAD "writers:\n  - profile: test-writer\n    behaviour: { PreRestore: "
          "{ veto: VSS_E_WRITERERROR_RETRIABLE } }\n",
     "5:38: \"VSS_E_WRITERERROR_RETRIABLE\" is no code (did you mean "
     "VSS_E_WRITERERROR_RETRYABLE?)"},
    {HEAD "writers:\n  - profile: test-writer\n    behaviour: { PreRestore: "
          "{ after: 2h } }\n",
     "5:39: \"2h\" is longer than VSS waits"},
    {HEAD "writers:\n  - profile: test-writer\n    behaviour: { PreRestore: "
          "{ hang: yes } }\n",
     "5:38: \"yes\" is no boolean"},
    {HEAD "writers:\n  - profile: test-writer\n    class: {123}\n",
     "5:12: \"class\" is a map"},
    {HEAD "writers:\n  - profile: test-writer\n    class: 123\n",
     "5:12: \"123\" is no GUID"},
    {HEAD "faults:\n  - { point: alloc/PreRestore }\n",
     "4:14: which allocation?"},
    {HEAD "faults:\n  - { point: alloc/PreRestor/1 }\n",
     "4:14: \"PreRestor\" is no method"},
    {HEAD "faults:\n  - { point: async/Backup }\n", "4:14: \"Backup\" is no"},
    {HEAD "faults:\n  - { point: fire }\n", "4:14: \"fire\" is no fault"},
    {HEAD "requester:\n  - PreRestor\n",
     "4:5: \"PreRestor\" is no step (did you mean PreRestore?)"},
    {HEAD "requester:\n  - PreRestore\n",
     "4:5: nothing to call PreRestore on"},
    {HEAD "requester:\n  - prepare\n  - PreRestore: { returns: 5 }\n",
     "5:28: \"5\" is no code"},
    {HEAD "requester:\n  - prepare\n  - PreRestore: { colour: red }\n",
     "5:19: unknown key \"colour\" for PreRestore"},
    {HEAD "requester:\n  - prepare\n  - PreRestore:\n    returns: S_OK\n",
     "6:5: \"returns\" stands beside \"PreRestore\""},
    {HEAD
     "requester:\n  - prepare\n  - SetSelectedForRestore: { writer: x }\n",
     "5:38: no writer \"x\" in this scenario: allowed are test-writer"},
    {HEAD "requester:\n  - prepare\n  - SetSelectedForRestore: { component: "
          "x }\n",
     "5:41: test-writer has no component \"x\""},
    {HEAD "requester:\n  - prepare\n  - Wait: { on: nobody }\n",
     "5:17: no object \"nobody\""},
    {HEAD "requester:\n  - prepare\n  - SetFileRestoreStatus: { status: "
          "VSS_RS_MAYBE }\n",
     "5:37: \"VSS_RS_MAYBE\" is no VSS_FILE_RESTORE_STATUS: allowed are"},
    {HEAD "world: { machine: { firmware: ibm, disks: [] } }\n",
     "3:31: no firmware: efi or bios is allowed"},
    {HEAD "world: { machine: { firmware: efi } }\n",
     "3:19: no \"disks\" of the machine"},
    {HEAD "world: { machine: { disks: [ { size: 12X } ] } }\n",
     "3:38: \"12X\" is no size: 512, 100M"},
    {HEAD "world: { machine: { disks: [ { style: apm } ] } }\n",
     "3:39: no partition style"},
    {HEAD "world: { machine: { disks: [ { esp: true } ] } }\n",
     "3:30: an EFI system partition on a disk that is not GPT"},
    {HEAD "world: { machine: { disks: [ { name: a }, { name: a } ] } }\n",
     "3:43: two disks are called a"},
    {HEAD "world: { machine: { disks: [ { size: 1G, volumes: [ { size: 2G } "
          "] } ] } }\n",
     "3:53: the volume ends beyond its disk"},
    {HEAD "world: { machine: { disks: [ { volumes: [ { size: 1G }, { offset: "
          "2M } ] } ] } }\n",
     "3:57: the volume lies over an earlier one"},
    {HEAD "world: { machine: { disks: [], at-backup: { disks: [ { like: x } "
          "] } } }\n",
     "3:62: no disk \"x\""},
    {HEAD "requester:\n  - Clean: { disk: x }\n", "4:20: no disk \"x\""},
    {HEAD "requester:\n  - Clean\n", "4:5: no \"disk\""},
    {HEAD "expect: { disks: { x: kept } }\n", "3:20: no disk \"x\""},
    {HEAD "expect: { events: { ghost: [] } }\n", "3:21: no writer \"ghost\""},
    {HEAD "seed: &a 1\ntags: *a\n", "3:7: anchors are not allowed"},
    {HEAD "tags: !x y\n", "3:7: tags are not allowed"},
    {HEAD "---\nvssim: 1\n", "3:1: a second document"},
    {HEAD "requester: [\n", "4:1: not YAML here"},
    {HEAD "cites: a: b\n", "3:9: not YAML here"},
    {"\xFF\xFEv", "1:1: the file is UTF-16"},
    {HEAD "tags: \xC3(\n", "3:7: byte 0xC3 is not UTF-8"},
};

Test(load, tells_each_mistake_with_its_place)
{
    for (unsigned i = 0; i < ARRAY_SIZE(mistakes); i++) {
        struct arena arena = ARENA_INIT;
        struct strbuf messages = STRBUF_INIT;
        const char *text = mistakes[i].text, *at;

        cr_expect_null(parse(&arena, text, strlen(text), &messages), "%s",
                       text);
        at = strstr(strbuf_str(&messages), mistakes[i].message);
        cr_expect(at && (at == messages.buf || at[-1] == '\n'),
                  "wanted %s\ngot    %s\nof     %s", mistakes[i].message,
                  strbuf_str(&messages), text);
        strbuf_release(&messages);
        arena_release(&arena);
    }
}

Test(load, tells_all_mistakes_of_a_file_in_one_go)
{
    static const char text[] =
        "vssim: 1\nscenario: t\nworld: { windows: dos }\n"
        "requester:\n  - nonsense\n  - prepare\n"
        "  - PreRestore: { returns: NO }\n";
    struct arena arena = ARENA_INIT;
    struct strbuf messages = STRBUF_INIT;

    parse(&arena, text, sizeof(text) - 1, &messages);
    cr_assert_not_null(strstr(messages.buf, "3:19:"));
    cr_assert_not_null(strstr(messages.buf, "5:5:"));
    cr_assert_not_null(strstr(messages.buf, "7:28:"));
    strbuf_release(&messages);
    arena_release(&arena);
}

Test(load, bounds_depth_and_size)
{
    static char deep[60000];
    struct arena arena = ARENA_INIT;
    struct strbuf messages = STRBUF_INIT;

    memset(deep, '[', sizeof(deep));
    parse(&arena, deep, sizeof(deep), &messages);
    cr_assert_not_null(strstr(messages.buf, "nested too deeply"));
    strbuf_reset(&messages);
    for (unsigned i = 0; i < sizeof(deep); i += 2)
        memcpy(deep + i, "a\n", 2);
    memcpy(deep, "- ", 2);
    for (unsigned i = 0; i + 4 <= sizeof(deep); i += 4)
        memcpy(deep + i, "- a\n", 4);
    parse(&arena, deep, sizeof(deep) - sizeof(deep) % 4, &messages);
    cr_assert_gt(messages.len, 0);
    strbuf_release(&messages);
    arena_release(&arena);
}

Test(load, the_smallest_scenario_has_five_lines)
{
    static const char text[] =
        "vssim: 1\nscenario: t\nrequester:\n  - prepare\n"
        "  - PreRestore: { ppAsync: null, returns: E_INVALIDARG }\n";
    struct arena arena = ARENA_INIT;
    struct strbuf messages = STRBUF_INIT;
    struct scenario *s = parse(&arena, text, sizeof(text) - 1, &messages);

    cr_assert_not_null(s, "%s", strbuf_str(&messages));
    cr_assert_str_eq(s->writers->writer.handle, "test-writer");
    cr_assert_eq(s->steps->kind, STEP_PREPARE);
    cr_assert(s->steps->next->args[0].null);
    cr_assert_str_eq(s->steps->next->returns, "E_INVALIDARG");
    cr_assert_gt(s->document_size, 0);
    arena_release(&arena);
}
