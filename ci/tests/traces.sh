#!/bin/sh
# traces.sh - traces: byte for byte the same, and judged the same again.
. "$(dirname "$0")/lib.sh"

run "$vssim" run -q --trace "$tmp/one.jsonl" scenarios
code_is 0 "the library, traced"
is "there is a trace" test -s "$tmp/one.jsonl"
run "$vssim" run -q --trace "$tmp/two.jsonl" scenarios
is "two runs, one trace" cmp "$tmp/one.jsonl" "$tmp/two.jsonl"
run "$vssim" run -q --no-fork --trace "$tmp/two.jsonl" scenarios
is "without a process of its own: the same trace" \
    cmp "$tmp/one.jsonl" "$tmp/two.jsonl"
for other in build build/clang build/asan; do
    [ "$other" != "$folder" ] || continue
    run "$other/vssim" run -q --trace "$tmp/two.jsonl" scenarios
    is "$folder and $other: the same trace" \
        cmp "$tmp/one.jsonl" "$tmp/two.jsonl"
done
run "$vssim" run -q --json "$tmp/run.json" scenarios
run "$vssim" judge -q --json "$tmp/judge.json" "$tmp/one.jsonl"
code_is 0 "judge of the saved traces"
is "judge comes to the same verdicts" cmp "$tmp/run.json" "$tmp/judge.json"
if grep -qE '0x[0-9a-f]{9,}|/tmp/' "$tmp/one.jsonl"; then
    not_ok "no pointers and no paths of this machine in a trace"
else
    ok "no pointers and no paths of this machine in a trace"
fi
# A trace that was tampered with is not judged as if nothing were.
sed 's/PreRestore/PreRestoro/' "$tmp/one.jsonl" >"$tmp/wrong.jsonl"
run "$vssim" judge "$tmp/wrong.jsonl"
is "judge of a changed trace: no pass" test "$code" != 0
head -c 3000 "$tmp/one.jsonl" >"$tmp/cut.jsonl"
run "$vssim" judge "$tmp/cut.jsonl"
is "judge of a trace that was cut: no pass" test "$code" != 0
run "$vssim" judge scenarios
code_is 2 "judge of what is no trace"
finish
