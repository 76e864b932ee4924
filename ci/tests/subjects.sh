#!/bin/sh
# subjects.sh - other subjects: overlays, refused ones, ones that crash.
. "$(dirname "$0")/lib.sh"
subjects=$folder/subjects

scenario one <<'END'
vssim: 1
scenario: a plain restore
requester:
  - prepare
  - PreRestore: { wait: true }
  - GatherWriterStatus: { wait: true }
  - finish
END
scenario three <<'END'
vssim: 1
scenario: three components at once
writers:
  - { profile: test-writer }
  - { profile: sql-server }
  - { profile: hyper-v }
requester:
  - prepare
  - PreRestore: { wait: true }
  - GatherWriterStatus: { wait: true }
  - finish
END
scenario no-call <<'END'
vssim: 1
scenario: a restore that never gets to PreRestore
requester:
  - prepare
END

refused() { # SUBJECT MESSAGE
    run "$vssim" run --subject "$1" "$tmp/one.yaml"
    code_is 2 "${1##*/} is refused"
    err_has "$2" "${1##*/}: the reason is told"
}
refused "$tmp/none$so" "cannot load the subject"
refused "$subjects/no_entry$so" "no vssim_subject_open"
refused "$subjects/wrong_abi$so" "built for ABI version 2"
refused "$subjects/refuses$so" "refused: it returned NULL"
refused "$subjects/incomplete$so" "must be given"
refused "$subjects/crashes$so" "crashes while loading (Segmentation fault"

run "$vssim" run "$tmp/one.yaml" "$tmp/three.yaml"
code_is 0 "the reference passes"
run "$vssim" run --subject "$folder/example_overlay$so" "$tmp/one.yaml"
code_is 0 "the example overlay passes with one component"
run "$vssim" run --subject "$folder/example_overlay$so" "$tmp/three.yaml"
code_is 1 "the example overlay fails with three components"
out_has "E_ACCESSDENIED" "the failure shows the code"
run "$vssim" run --subject "$subjects/no_async$so" "$tmp/one.yaml"
code_is 1 "S_OK without an async fails"
run "$vssim" run --subject "$subjects/no_async$so" --json "$tmp/report.json" \
    "$tmp/one.yaml"
is "S_OK without an async: an invariant convicts it" \
    grep -q '"kind":"invariant"' "$tmp/report.json"

for how in crash_in_call abort_in_call exit_in_call loop_in_call; do
    run "$vssim" run -v --timeout 1 --subject "$subjects/$how$so" \
        "$tmp/one.yaml" "$tmp/no-call.yaml"
    code_is 1 "$how fails"
    out_has "1 passed, 1 failed" "$how: the scenario after it still plays"
done

if [ "$so" = .so ]; then
    run "$vssim" run --subject "$subjects/fails_in_vssim$so" "$tmp/one.yaml"
    code_is 99 "an assertion of vssim that fails is no finding"
    err_has "sim/nowhere.c:1: this does not hold: all is well" "... and is told"
    out_lacks "FAIL" "... against nobody"
    # After a scenario that went well: its verdict is none of the next one.
    printf '%s\n' 'vssim: 1' 'scenario: no PreRestore' 'requester:' \
        '  - prepare' | scenario none
    for command in "run $tmp/none.yaml" shrink; do
        # shellcheck disable=SC2086
        run "$vssim" $command --sweep alloc \
            --subject "$subjects/fails_in_vssim$so" "$tmp/one.yaml"
        code_is 99 "${command%% *} --sweep: nor is it one in a sweep"
    done
fi
finish
