#!/bin/sh
# wine.sh - vssim.exe under Wine: the same verdicts, traces, messages and exit
# codes as the native build.
. "$(dirname "$0")/lib.sh"
exe=build/win64/vssim.exe
native=build/vssim

# Afterwards the server goes; ours, by its own command.
trap 'ci/tests/wine --stop; rm -rf "$tmp"' EXIT
cat >"$tmp/vssim" <<END2
#!/bin/sh
exec "$PWD/ci/tests/wine" "$PWD/$exe" "\$@"
END2
chmod +x "$tmp/vssim"
windows=$tmp/vssim

run "$windows" --version
code_is 0 "vssim.exe runs"
is "it is the same version" test "$("$native" --version)" = \
    "$(cat "$tmp/out")"

run "$native" run -q --trace "$tmp/native.jsonl" --json "$tmp/native.json" \
    scenarios
run "$windows" run -q --trace "$tmp/wine.jsonl" --json "$tmp/wine.json" \
    --junit "$tmp/wine.xml" scenarios
code_is 0 "the library passes"
is "there is a trace" test -s "$tmp/wine.jsonl"
is "the traces are the same, byte for byte" \
    cmp "$tmp/native.jsonl" "$tmp/wine.jsonl"
is "the verdicts are the same" cmp "$tmp/native.json" "$tmp/wine.json"
run "$windows" run -q --no-fork --trace "$tmp/wine.jsonl" scenarios
is "without a process of its own: the same traces" \
    cmp "$tmp/native.jsonl" "$tmp/wine.jsonl"
run "$windows" run -q --trace "$tmp/wine.jsonl" 'scenarios\prerestore'
run "$native" run -q --trace "$tmp/part.jsonl" scenarios/prerestore
is "a path with backslashes is shown with slashes" \
    cmp "$tmp/part.jsonl" "$tmp/wine.jsonl"

# same WHAT ARGUMENTS...: both print the same and end the same way.
same() {
    what=$1
    shift
    want=0
    "$native" "$@" >"$tmp/want" 2>"$tmp/want-err" </dev/null || want=$?
    run "$windows" "$@"
    is "$what: exit code $want" test "$code" = "$want"
    is "$what: the same output" cmp "$tmp/want" "$tmp/out"
    is "$what: the same messages" cmp "$tmp/want-err" "$tmp/err"
}
printf 'vssim: 1\nscenario: cannot be read\nrequester: [PreRestor]\n' \
    >"$tmp/broken.yaml"
printf 'vssim: 1\nscenario: schön\nrequester: [prepare]\n' \
    >"$tmp/schön.yaml"
mkdir "$tmp/deep"
cp scenarios/prerestore/args/00[1-3]*.yaml "$tmp/deep"
cat >"$tmp/outside.yaml" <<'END2'
vssim: 1
scenario: reads what lies outside
include: [../outside.yaml, 'C:/outside.yaml', '/outside.yaml']
requester: [prepare]
END2
same "run of a broken scenario" run "$tmp/broken.yaml"
same "run of what reads outside its tree" run "$tmp/outside.yaml"
same "run of nothing" run "$tmp/nowhere.yaml"
same "run of a name outside ASCII" run -v "$tmp/schön.yaml"
same "run of a pattern" run -v "$tmp/de*/00[12]*.yaml"
same "run of a folder with a slash" run -v "$tmp/deep/"
same "run with a filter" run -v --filter '!*null*' "$tmp/deep"
same "check" check scenarios "$tmp/broken.yaml"
same "judge" judge -v "$tmp/native.jsonl"
same "show" show "$tmp/native.jsonl"
same "show --json" show --json "$tmp/native.jsonl"
for what in rules codes policies profiles windows; do
    same "list --$what" list "--$what"
done
same "explain" explain VSS_E_BAD_STATE
same "explain of something unknown" explain VSS_E_BAD_STAT
same "no such command" rnu
same "colours" run --color=always "$tmp/deep"

# vssim.exe runs a program itself (program_win32.c).
mkdir "$tmp/there"
cat >"$tmp/program.c" <<'END2'
#include <stdio.h>
#include <string.h>
#include <windows.h>
static volatile int *volatile wild = (volatile int *)16;
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        printf("[%s]\n", argv[i]);
    fflush(stdout);
    if (strcmp(argv[1], "crash") == 0)
        *wild = 1;
    if (strcmp(argv[1], "hang") == 0)
        for (;;)
            Sleep(1000);
    if (strcmp(argv[1], "load") == 0 && !LoadLibraryA("vssapi.dll"))
        return 8;
    return 7;
}
END2
run x86_64-w64-mingw32-gcc -static "$tmp/program.c" -o "$tmp/there/program.exe"
code_is 0 "a program for Windows builds"
printf 'vssim: 1\nscenario: a program\n' >"$tmp/exec.yaml"
there() {
    run "$windows" exec --timeout 2 "$tmp/exec.yaml" -- \
        "$tmp/there/program.exe" "$@"
}
there plain 'a "b" c\' 'x\\"y z\'
out_has '[a "b" c\]' "exec: quotation marks reach the program"
out_has '[x\\"y z\]' "exec: so do backslashes"
out_has "ended with code 7; it never loaded vssapi" "exec: its end is told"
there crash
out_has "crashed: Segmentation fault" "exec: a crash is told"
there hang
out_has "did not end within 2 s" "exec: a program that hangs is ended"
there load
out_has "it loaded the library and called neither" \
    "exec: the program finds our library"
is "exec: nothing is left beside the program" \
    test "$(ls "$tmp/there")" = program.exe
echo other >"$tmp/there/vssapi.dll"
there load
code_is 99 "exec: another vssapi.dll beside the program is refused"
err_has "is another library than ours" "exec: the reason is told"
is "exec: it is left alone" test "$(cat "$tmp/there/vssapi.dll")" = other

# The simulated virtual disk service, and never the machine's.
cat >"$tmp/disks.yaml" <<'END2'
vssim: 1
scenario: an EFI machine whose system disk changed since the backup
world:
  role: winpe
  machine:
    firmware: efi
    disks: [ { name: disk0, boot: true, esp: true } ]
    at-backup: { disks: [ { like: disk0, volumes: [ { critical: true } ] } ] }
END2
run "$native" exec --trace "$tmp/vds.jsonl" "$tmp/disks.yaml" -- \
    build/win64/programs/vds_client.exe disk0 force
out_has "Clean: 0x00000000" "exec: CoCreateInstance finds the simulated service"
is "exec: its calls are in the trace" \
    grep -q '"method":"Clean","slot":12' "$tmp/vds.jsonl"

# What the command line and the subjects must do, once more.
for script in cli subjects; do
    code=0
    VSSIM=$windows FOLDER=build/win64 ci/tests/$script.sh \
        >"$tmp/script" 2>&1 || code=$?
    sed 's/^\(ok\|not ok\) - /&wine, '$script': /' "$tmp/script"
    is "$script.sh under Wine" test "$code" = 0
done
finish
