#!/bin/sh
# diff.sh - vssim diff: two files of traces, call by call.
. "$(dirname "$0")/lib.sh"
args=scenarios/prerestore/args

run "$vssim" run -q --trace "$tmp/a.jsonl" "$args"
run "$vssim" run -q --seed 7 --trace "$tmp/seed.jsonl" "$args"
run "$vssim" diff "$tmp/a.jsonl" "$tmp/a.jsonl"
code_is 0 "a file and itself"
out_has " the same, 0 different, 0 not compared" "... all the same"
run "$vssim" diff "$tmp/a.jsonl" "$tmp/seed.jsonl"
code_is 0 "other ids make no difference"
run "$vssim" run -q --subject "$folder/subjects/no_async$so" \
    --trace "$tmp/no.jsonl" "$args/001-null-ppasync.yaml" \
    "$args/007-null-ppasync-then-a-good-call.yaml"
run "$vssim" diff "$tmp/a.jsonl" "$tmp/no.jsonl"
code_is 1 "another subject makes a difference"
out_has "PreRestore (call " "... in the call that differs"
out_has "        B  null" "... on its side"
out_has "not compared: only in A" "what only one has is told"
run "$vssim" diff -q "$tmp/a.jsonl" "$tmp/no.jsonl"
is "--quiet: one line" test "$(wc -l <"$tmp/out")" = 1
run "$vssim" diff "$tmp/no.jsonl" "$tmp/a.jsonl"
out_has "not compared: only in B" "... either way round"

scenario slow <<'END'
vssim: 1
scenario: a slow writer
writers: [ { profile: test-writer, behaviour: { PreRestore: { after: 3s } } } ]
requester: [ prepare, PreRestore: { wait: true }, finish ]
END
mkdir "$tmp/else"
sed 's/3s/4s/' "$tmp/slow.yaml" >"$tmp/else/slow.yaml"
run "$vssim" run -q --trace "$tmp/3.jsonl" "$tmp/slow.yaml"
run "$vssim" run -q --trace "$tmp/4.jsonl" "$tmp/else/slow.yaml"
run "$vssim" diff "$tmp/3.jsonl" "$tmp/4.jsonl"
code_is 0 "a scenario that lies elsewhere is found by its title"
run "$vssim" diff --times "$tmp/3.jsonl" "$tmp/4.jsonl"
code_is 1 "--times"
out_has "A  3000 ms" "... tells them"
sed 's/^vssim: 1/&\nskip: not today/' "$tmp/slow.yaml" >"$tmp/else/slow.yaml"
run "$vssim" run -q --trace "$tmp/4.jsonl" "$tmp/else/slow.yaml"
run "$vssim" diff "$tmp/3.jsonl" "$tmp/4.jsonl"
code_is 77 "nothing to compare"
out_has "skipped in B: not today" "... and why"

run "$vssim" diff "$tmp/3.jsonl"
code_is 2 "one file"
run "$vssim" diff "$tmp/3.jsonl" "$tmp/nowhere"
code_is 2 "no such file"
echo '{' >"$tmp/bad.jsonl"
run "$vssim" diff "$tmp/bad.jsonl" "$tmp/3.jsonl"
code_is 2 "a bad file in front"
run "$vssim" diff "$tmp/3.jsonl" "$tmp/bad.jsonl"
code_is 2 "a bad file behind"
err_has "bad.jsonl:1" "... with its place"
finish
