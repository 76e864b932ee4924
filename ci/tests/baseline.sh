#!/bin/sh
# baseline.sh - --baseline and --update-baseline, for run, judge and exec.
. "$(dirname "$0")/lib.sh"

scenario bad <<'END'
vssim: 1
scenario: a restore that never looks at its writers
requester-rules: true
requester:
  - prepare
  - FreeWriterMetadata
  - PreRestore: { wait: true }
  - finish
END
list=$tmp/known
file=$tmp/bad.yaml

run "$vssim" run -q "$file"
code_is 1 "without a baseline it fails"
run "$vssim" run -q --baseline "$list" "$file"
code_is 2 "a baseline that is not there"
err_has "a baseline is made by --update-baseline" "it is said how to make one"
run "$vssim" run -q --update-baseline "$file"
code_is 2 "--update-baseline without a file"
run "$vssim" run -q --baseline "$list" --update-baseline "$file"
code_is 0 "making a baseline"
is "an entry is COUNT RULE METHOD FILE" \
    grep -q "^1 status-after-prerestore PreRestore $file\$" "$list"
run "$vssim" run -v --baseline "$list" "$file"
code_is 0 "what the baseline lists passes"

# New ones fail; comments stay; what other scenarios have stays.
sed '/status-after-postrestore/d' "$list" >"$tmp/less"
run "$vssim" run -q --baseline "$tmp/less" "$file"
code_is 1 "a new finding fails"
out_has "status-after-prerestore (known)" "the known one is called known"
{
    printf '# about the first\n'
    cat "$tmp/less"
    printf '\n# elsewhere\n2 calls-in-order PreRestore other.yaml\n# end\n'
} >"$list"
run "$vssim" run -q --baseline "$list" --update-baseline "$file"
code_is 0 "updating"
for line in '# about the first' '# elsewhere' '# end' \
    '2 calls-in-order PreRestore other.yaml' \
    "1 status-after-postrestore PostRestore $file"; do
    is "kept or added: $line" grep -qxF "$line" "$list"
done
cp "$list" "$tmp/before"
run "$vssim" run -q --baseline "$list" --update-baseline "$file"
is "updating again changes nothing" cmp -s "$list" "$tmp/before"

# Stale ones are told.
printf '3 status-after-prerestore PreRestore %s\n' "$file" >"$tmp/more"
run "$vssim" run -q --baseline "$tmp/more" --disable status-after-postrestore \
    "$file"
code_is 0 "more accepted than found passes"
err_has "$tmp/more:1:1: warning: stale: 3 accepted, 1 found" "stale is told"

# Mistakes in the file.
wrong() { # TEXT MESSAGE
    printf '# c\n%s\n' "$1" >"$tmp/wrong"
    run "$vssim" run -q --baseline "$tmp/wrong" "$file"
    code_is 2 "refused: $1"
    err_has "$tmp/wrong:2:$2" "and where: $1"
}
wrong "x" '1: a count "x": 1 to 1000000 is allowed'
wrong "1 no-such-rule - f" '3: a rule "no-such-rule": one of'
wrong "1 calls-in-order" '17: a method "": its name'
wrong "1 calls-in-order -" '19: a scenario file "": its name'
printf '1 calls-in-order - f\n1 calls-in-order - f\n' >"$tmp/wrong"
run "$vssim" run -q --baseline "$tmp/wrong" "$file"
err_has "$tmp/wrong:2:20: this entry stands twice" "an entry stands once"

# judge and exec have it, too.
run "$vssim" run -q --trace "$tmp/trace" "$file"
run "$vssim" judge -q --baseline "$list" "$tmp/trace"
code_is 0 "judge takes a baseline"
if [ -x "$folder/requesters/bad" ]; then
    world=ci/requesters/worlds/calm.yaml
    set -- "$vssim" exec -q --baseline "$tmp/exec" $world
    run "$@" --update-baseline -- "$folder/requesters/bad" calls-in-order
    is "exec: the file is named from here" \
        grep -q "^1 calls-in-order SetSelectedForRestore $world\$" "$tmp/exec"
    run "$@" -- "$folder/requesters/bad" calls-in-order
    code_is 0 "exec takes a baseline"
    run "$@" -- "$folder/requesters/bad" session-is-closed
    code_is 1 "exec fails on another finding"
fi
finish
