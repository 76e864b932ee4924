#!/bin/sh
# examples.sh - the examples for CI services say nothing that vssim does not
# take.
. "$(dirname "$0")/lib.sh"

for file in ci/examples/*.yml; do
    run /usr/bin/python3 -c '
import sys, yaml
d = yaml.safe_load(open(sys.argv[1]))
jobs = d.get("jobs", d)
steps = [s for j in jobs.values() if isinstance(j, dict)
         for s in j.get("steps", []) + j.get("script", [])]
for s in steps:
    text = s.get("run", "") if isinstance(s, dict) else s
    assert isinstance(text, str), "no text: %r" % (text,)
    print(text)' "$file"
    code_is 0 "$file is YAML, its commands are texts"
    cp "$tmp/out" "$tmp/commands"
    is "$file: it has commands of vssim" grep -q 'vssim' "$tmp/commands"
    run "$vssim" exec --help
    cp "$tmp/out" "$tmp/help"
    tr ' ' '\n' <"$tmp/commands" |
        sed -n 's/^\(--[a-z][a-z-]*\)$/\1/p' | sort -u |
        grep -vxE -e '--(build|config|no-install-recommends|from)' \
            >"$tmp/options"
    while read -r option; do
        is "$file: exec knows $option" grep -qF -e "$option" "$tmp/help"
    done <"$tmp/options"
    # Every variable of ours is one that the manual page has.
    grep -o 'VSSIM_[A-Z_]*' "$file" | sort -u >"$tmp/variables"
    while read -r variable; do
        is "$file: vssim-exec(1) has $variable" \
            grep -qF "$variable" docs/man/vssim-exec.1.scd.in
    done <"$tmp/variables"
done
finish
