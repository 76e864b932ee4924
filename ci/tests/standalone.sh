#!/bin/sh
# standalone.sh - the library without vssim exec: told by the environment, it
# leaves a trace file, which judge and show take.
. "$(dirname "$0")/lib.sh"

# FOLDER build/win64: the program is wprobe.exe with vssapi.dll beside it,
# and VSSIM takes both through Wine (exec-wine.sh). Else: the native one.
mkdir "$tmp/there"
if [ "$folder" = build/win64 ]; then
    cp "$folder/programs/wprobe.exe" "$folder/vssapi.dll" "$tmp/there"
    program() {
        run env VSSIM_SCENARIO="$tmp/veto.yaml" VSSIM_TRACE="$tmp/$1" \
            VSSIM_DOCUMENT="$tmp/document.xml" ci/tests/wine \
            "$tmp/there/wprobe.exe" "$2"
    }
else
    cp "$folder/libvssapi.so" "$tmp/there"
    program() {
        run env VSSIM_SCENARIO="$tmp/veto.yaml" VSSIM_TRACE="$tmp/$1" \
            VSSIM_DOCUMENT="$tmp/document.xml" \
            LD_LIBRARY_PATH="$tmp/there" "$folder/programs/probe" "$2"
    }
fi

scenario veto <<'END'
vssim: 1
scenario: the writer vetoes
writers:
  - profile: test-writer
    behaviour: { PreRestore: { after: 12s, veto: VSS_E_WRITERERROR_RETRYABLE } }
END
# The document that exec would make.
run "$vssim" exec "$tmp/veto.yaml" -- cp '{document}' "$tmp/document.xml"
is "there is a document" test -s "$tmp/document.xml"

program trace good
code_is 0 "the program does well without exec"
is "there is a trace" test -s "$tmp/trace"
is "... not in JSON" sh -c "head -c 12 '$tmp/trace' | grep -q vssim-trace"
run "$vssim" show "$tmp/trace"
code_is 0 "show takes it"
out_has "PreRestore" "... and tells the calls"
run "$vssim" judge "$tmp/trace"
code_is 1 "judge finds what the program did wrong"
out_has "the writer vetoes" "... under the scenario's title"
out_has "status-after-prerestore" "... by a rule about requesters"
run "$vssim" show --json "$tmp/trace"
cp "$tmp/out" "$tmp/trace.jsonl"
run "$vssim" judge --json "$tmp/a.json" "$tmp/trace"
run "$vssim" judge --json "$tmp/b.json" "$tmp/trace.jsonl"
is "as JSON Lines it is judged the same" cmp "$tmp/a.json" "$tmp/b.json"

program crash crash
is "a crash" test "$code" != 0
run "$vssim" judge "$tmp/crash"
code_is 1 "the trace of a crash"
out_has "program-runs: the program crashed, was ended" "... is told"
program twice good
program twice good
is "two processes, two files" test -s "$tmp/twice.2"
run "$vssim" show "$tmp/twice"
is "... one trace" test "$(grep -c ' PostRestore ->' "$tmp/out")" = 2
program silent silent
run "$vssim" judge "$tmp/silent"
code_is 2 "a program that called nothing"
err_has "called nothing" "... is told"
sed 's/^vssim-trace [^ ]*/vssim-trace 0.0.1/' "$tmp/trace" >"$tmp/old"
run "$vssim" judge "$tmp/old"
code_is 2 "the file of another version"
err_has "no trace that this version" "... is told"
run "$vssim" show "$tmp/old"
code_is 2 "show: the same"
printf 'vssim-trace' >"$tmp/cut"
run "$vssim" show "$tmp/cut"
code_is 2 "a file cut off within its first line"
finish
