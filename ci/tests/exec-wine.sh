#!/bin/sh
# exec-wine.sh - Windows programs on the simulated runtime under Wine: how they
# end, what is said; the same verdicts as their native twins (exec.sh).
. "$(dirname "$0")/lib.sh"
there=$PWD/build/win64/programs
wprobe=$there/wprobe.exe
probe=build/programs/probe
# One server serves all of it.
export VSSIM_WINE_KEEP=1
trap 'ci/tests/wine --stop; rm -rf "$tmp"' EXIT

scenario world <<'END'
vssim: 1
scenario: a machine with one slow writer
writers:
  - profile: test-writer
    behaviour: { PreRestore: { after: 12s } }
END
scenario calm <<'END'
vssim: 1
scenario: a machine where all goes well
END
scenario hung <<'END'
vssim: 1
scenario: a writer never answers and nobody gives it up
world: { hung-writer: never }
writers:
  - profile: test-writer
    behaviour: { PreRestore: { hang: true } }
END

one() { file=$1; shift; run "$vssim" exec "$tmp/$file.yaml" "$@"; }

# The rules found and the verdict, in words that do not tell the platform.
found() {
    /usr/bin/python3 -c '
import json, sys
s = json.load(open(sys.argv[1]))["scenarios"][0]
print(s["verdict"])
for f in s["findings"]:
    print(f["rule"], f["message"])' "$tmp/report.json" 2>&1 |
        sed 's/wprobe.exe/probe/; s/Aborted/Segmentation fault/'
}

# twins WORLD OPTIONS... MODE: both programs earn the same.
twins() {
    file=$1 mode=$2
    shift 2
    one "$file" --timeout 20 "$@" --json "$tmp/report.json" -- "$probe" "$mode"
    want=$code
    found >"$tmp/want"
    one "$file" --timeout 20 "$@" --json "$tmp/report.json" -- "$wprobe" "$mode"
    found >"$tmp/found"
    is "$mode in $file: exit code $want, as natively" test "$code" = "$want"
    is "$mode in $file: the same findings" cmp "$tmp/want" "$tmp/found"
}
twins world good
twins calm good
twins world early
twins world silent
twins calm threads
twins world crash
twins hung wait --timeout 4
twins world hang --timeout 4

one world --trace "$tmp/trace.jsonl" -- "$wprobe"
out_has "PreRestore ended with 0x0004230A" "a good one ran"
is "virtual time: 12 seconds passed" \
    grep -q '"time":1[2-9][0-9]*,' "$tmp/trace.jsonl"
one world --trace "$tmp/two.jsonl" -- "$wprobe"
is "two runs, one trace" cmp "$tmp/trace.jsonl" "$tmp/two.jsonl"
one world --trace "$tmp/native.jsonl" -- "$probe"
run "$vssim" diff --times "$tmp/native.jsonl" "$tmp/trace.jsonl"
code_is 0 "every call as in the native twin"
one world -- "$wprobe" crash
code_is 1 "a crash"
out_has "program-runs: the program crashed: Segmentation fault" \
    "... is told, in the same words as natively"
one world --propagate -- "$wprobe" early
code_is 4 "--propagate"
one hung --timeout 4 -- "$wprobe" wait
out_has "it was in IVssAsync::Wait" "the call it hangs in is told"
one hung -- "$wprobe" cancel
out_has "cancelled: 0x0004230B" "one thread waits, another cancels"
one calm -- "$wprobe" silent
out_has "called neither" "loaded, and nothing called"
one calm -- "$wprobe" never
out_has "never loaded vssapi" "never loaded"
one calm -- "$wprobe" forms
out_has "18 forms" "every exported form of every function"
one calm -- "$wprobe" free
out_has "the last Release gave 0" "the library stays when it is freed early"
one world --trace "$tmp/threads.jsonl" -- "$wprobe" threads
is "four threads at once" test "$(grep -c 'PreRestore ended' "$tmp/out")" = 4
is "the trace names threads" grep -q '"thread":4' "$tmp/threads.jsonl"
one world --trace "$tmp/both.jsonl" -- "$wprobe" two
is "two processes" test "$(grep -c 'PreRestore ended' "$tmp/out")" = 2
is "... are in one trace" grep -q '"thread":10[0-9]' "$tmp/both.jsonl"

# Another library: Wine's own, by an override that a script sets ...
one calm -- sh -c 'WINEPREFIX=$PWD/build/wine WINEDEBUG=-all \
    WINEDLLOVERRIDES="vssapi=b;mscoree,mshtml=" \
    exec /usr/lib/wine/wine64 "$0" linger' "$wprobe"
code_is 1 "Wine's own library"
out_has "vssapi.dll, and not the simulated" "... is told"
# ... or one that lies in the program's folder.
mkdir "$tmp/there"
cp "$wprobe" "$tmp/there"
echo 'int foreign(void) { return 1; }' >"$tmp/foreign.c"
run x86_64-w64-mingw32-gcc -shared "$tmp/foreign.c" -o "$tmp/there/vssapi.dll"
one calm -- "$tmp/there/wprobe.exe" linger
out_has "there/vssapi.dll, and not the simulated" \
    "another library beside the program is told"

# vssim.exe itself, on the Windows that Wine is to it.
run ci/tests/wine build/win64/vssim.exe exec --json "$tmp/report.json" \
    "$tmp/world.yaml" -- "$wprobe"
out_has "PreRestore ended with 0x0004230A" "vssim.exe exec runs it as well"
found >"$tmp/found"
one world --json "$tmp/report.json" -- "$probe"
found >"$tmp/want"
is "... with the same findings" cmp "$tmp/want" "$tmp/found"

# Without exec: vssapi.dll beside the program.
code=0
VSSIM=$vssim FOLDER=build/win64 ci/tests/standalone.sh >"$tmp/script" 2>&1 ||
    code=$?
sed 's/^\(ok\|not ok\) - /&wine, standalone: /' "$tmp/script"
is "standalone.sh under Wine" test "$code" = 0
finish
