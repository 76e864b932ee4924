#!/bin/sh
# shrink.sh - vssim shrink, run --shrink and explore --output: what fails, made
# as small as it can be.
. "$(dirname "$0")/lib.sh"

no_async=$folder/subjects/no_async$so

scenario long <<'END'
# A comment.
vssim: 1
scenario: "much of this does not matter: a lot"
cites: [PreRestore]
world: { windows: server-2019 }
writers:
  - profile: test-writer
    behaviour: { PreRestore: { after: 30s, message: "busy, [very]" } }
  - { profile: registry, as: other }
requester:
  - CreateVssBackupComponents
  - InitializeForRestore
  - GatherWriterMetadata: { wait: true }
  - GetWriterMetadataCount: { out: { pcWriters: 2 } }
  - SetSelectedForRestore: { writer: test-writer }
  - PreRestore
  - Wait: { takes: 12s }
  - QueryStatus: { is: VSS_S_ASYNC_FINISHED }
  - finish
expect: { events: { test-writer: [PreRestore, PostRestore] } }
END
run "$vssim" run -q "$tmp/long.yaml"
code_is 1 "a scenario that fails"
run "$vssim" shrink "$tmp/long.yaml"
code_is 0 "... shrinks"
cp "$tmp/out" "$tmp/short.yaml"
err_has "fails by expect-takes in" "the rule is kept, and told"
err_has "line 9: without writers 2" "what was taken out is told, with its line"
err_has "line 18: without requester 8: QueryStatus" "... each step"
is "it is short" test "$(wc -l <"$tmp/short.yaml")" -le 9
out_lacks GetWriterMetadataCount "a step that does not matter is gone"
out_has "takes: 1s" "the step that fails stays, with a simpler time"
run "$vssim" run "$tmp/short.yaml"
code_is 1 "the short one fails"
out_has "expect-takes" "... by the same rule"
run "$vssim" shrink -q "$tmp/short.yaml"
is "shrinking again changes nothing" cmp -s "$tmp/out" "$tmp/short.yaml"
is "-q: nothing else is told" test ! -s "$tmp/err"

run "$vssim" shrink --subject "$no_async" --output "$tmp/by-rule.yaml" \
    scenarios/prerestore/async/001-pending-then-finished.yaml
code_is 0 "with a subject that hands over nothing"
err_has "fails by success-hands-over in 5 lines" \
    "an invariant is kept before an expectation"
run "$vssim" shrink --subject "$no_async" --rule expect-returns -q \
    scenarios/prerestore/async/001-pending-then-finished.yaml
out_has "- finish" "--rule keeps another"
run "$vssim" shrink --rule no-such-rule "$tmp/long.yaml"
code_is 2 "a rule that there is not"
run "$vssim" shrink --rule null-refused "$tmp/long.yaml"
code_is 1 "a rule by which it does not fail"
err_has "does not fail by null-refused" "... is told"
run "$vssim" shrink scenarios/prerestore/args/001-null-ppasync.yaml
code_is 1 "a scenario that passes"
err_has "does not fail: its verdict is pass" "... is told"
printf 'vssim: 1\nscenario: x\nrequester: [ Nonsense ]\n' >"$tmp/bad.yaml"
run "$vssim" shrink "$tmp/bad.yaml"
code_is 2 "no scenario"
err_has "bad.yaml:3:" "... is told with the place"
run "$vssim" shrink "$tmp/none.yaml"
code_is 2 "no file"
code=0
"$vssim" shrink -q - <"$tmp/long.yaml" >"$tmp/out" 2>"$tmp/err" || code=$?
code_is 0 "from standard input"
is "... the same" cmp -s "$tmp/out" "$tmp/short.yaml"

# A crash of the subject is kept as well as a wrong answer.
run "$vssim" shrink -q --subject "$folder/subjects/crash_in_call$so" \
    scenarios/prerestore/async/001-pending-then-finished.yaml
code_is 0 "a subject that crashes"
out_has "- PreRestore" "... at its call"

# What other commands find.
run "$vssim" run -q --shrink "$tmp/shrunk" --subject "$no_async" \
    scenarios/prerestore/async/001-pending-then-finished.yaml
err_has "shrunk, fails by success-hands-over: $tmp/shrunk/001-pending" \
    "run --shrink writes what failed"
is "... as shrink does" cmp -s "$tmp/by-rule.yaml" \
    "$tmp/shrunk/001-pending-then-finished.yaml"
code=0
{ cat "$tmp/long.yaml"; echo ---; cat "$tmp/long.yaml"; } |
    "$vssim" run -q --shrink "$tmp/stream" - >"$tmp/out" 2>"$tmp/err" || code=$?
code_is 1 "a stream of scenarios"
is "... each is shrunk" cmp -s "$tmp/stream/stdin-2.yaml" "$tmp/short.yaml"
run "$vssim" run -q --sweep alloc --shrink "$tmp/sweep" --subject "$no_async" \
    scenarios/prerestore/args/007-null-ppasync-then-a-good-call.yaml
code_is 1 "a sweep that fails"
run "$vssim" shrink -q --sweep alloc --subject "$no_async" \
    "$tmp/sweep/007-null-ppasync-then-a-good-call.yaml"
is "... is shrunk, and that is as small as it gets" cmp -s "$tmp/out" \
    "$tmp/sweep/007-null-ppasync-then-a-good-call.yaml"
run "$vssim" explore --depth 1 --from metadata --output "$tmp/explored" \
    --subject "$no_async"
run "$vssim" shrink -q --subject "$no_async" "$tmp/explored/explore-1.yaml"
is "explore writes shrunk scenarios" cmp -s "$tmp/out" \
    "$tmp/explored/explore-1.yaml"
finish
