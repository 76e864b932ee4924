#!/bin/sh
# explore.sh - vssim explore: what it reaches, what it finds, going on after an
# interruption.
. "$(dirname "$0")/lib.sh"

totals() { grep -E 'states|violations|closure|beyond' "$tmp/out"; }
same() { # WHAT: the totals are those kept by the latest `keep`
    totals >"$tmp/now"
    is "$1" cmp -s "$tmp/kept" "$tmp/now"
}
keep() { totals >"$tmp/kept"; }

run "$vssim" explore --from all --depth 1 --coverage
code_is 0 "from every phase"
out_has " 1302 of 1302 cells of the state table visited" \
    "every method in every phase was called"
out_lacks "not visited" "... and none is named as left out"
out_has "0 violations" "the reference is clean"

run "$vssim" explore --depth 3
code_is 0 "depth 3, one writer, each outcome"
out_has "8 worlds, " "... eight outcomes"
keep
run "$vssim" explore --depth 3 --memory 0
same "without memory for marks the same is explored"
# A build for sanitizers keeps no marks.
if [ -x build/asan/vssim ] && [ "$folder" = build ]; then
    run build/asan/vssim explore --depth 2
    keep
    run "$vssim" explore --depth 2
    totals | sed 's/, [0-9]* calls; .*//' >"$tmp/now"
    sed -i 's/, [0-9]* calls; .*//' "$tmp/kept"
    is "playing each sequence from its beginning explores the same" \
        cmp -s "$tmp/kept" "$tmp/now"
fi
run "$vssim" explore --depth 2 --writers 3
out_has "6 worlds, " "three writers answer in six orders"
out_has "0 violations" "... and the reference is clean"
run "$vssim" explore --depth 4 --world scenarios/prerestore/args/001-null-ppasync.yaml
out_has "1 worlds, " "the world of a scenario"

# Interrupted: what comes out is what an uninterrupted run gives.
run "$vssim" explore --depth 6 -q
keep
run timeout -s INT 0.5 "$vssim" explore --depth 6 -q --resume "$tmp/save"
is "interrupted: not the end" test "$code" != 0
err_has "the same command goes on from $tmp/save" "... and it says so"
out_has " states" "... what was explored until then is told"
run "$vssim" explore --depth 4 -q --resume "$tmp/save"
code_is 99 "another exploration's file is refused"
err_has "is not of this exploration (explore --depth 4)" "... and named"
run timeout -s INT 0.5 "$vssim" explore --depth 6 -q --resume "$tmp/save"
run "$vssim" explore --depth 6 -q --resume "$tmp/save"
code_is 0 "resumed, and to the end"
same "... the totals are those of one run"
run "$vssim" explore --depth 6 -q --resume "$tmp/save"
same "once more: it knows that it is done"
head -n 60 "$tmp/save" >"$tmp/short"
run "$vssim" explore --depth 6 -q --resume "$tmp/short"
code_is 99 "a damaged file is refused"
err_has "is damaged; remove it to begin anew" "... with what to do"

# A subject that breaks a rule: the scenario fails as the exploration said.
run "$vssim" explore --depth 1 --from metadata --output "$tmp/found" \
    --subject "$folder/subjects/no_async$so"
code_is 1 "a subject without an async is found"
out_has "violation 1: success-hands-over: " "... with the rule"
rule=$(sed -n 's/^violation 1: \([a-z-]*\):.*/\1/p' "$tmp/out")
run "$vssim" run --subject "$folder/subjects/no_async$so" \
    "$tmp/found/explore-1.yaml"
code_is 1 "the scenario written fails when played"
out_has "$rule" "... by the same rule"

run "$vssim" explore --from nowhere
code_is 2 "a phase that there is not"
err_has "--from nowhere: all is allowed, or one of uninitialised backup" \
    "... is told with what there is"
scenario faulty <<'END'
vssim: 1
scenario: with a fault of its own
faults: [ { point: thread/PreRestore } ]
requester: [ prepare ]
END
run "$vssim" explore --depth 1 --from all --world "$tmp/faulty.yaml"
err_has "pre-failed needs the fault async/PreRestore" \
    "a phase that a world cannot come to is told"
out_has "20 worlds, " "... and left out"
finish
