#!/bin/sh
# options.sh - the parser, --help, the man pages and the completions agree with
# the table of options; what completions offer is taken.
. "$(dirname "$0")/lib.sh"
if /usr/bin/python3 ci/tests/options.py "$vssim" "$tmp"; then :; else bad=1; fi

run "$vssim" run --fliter x y
code_is 2 "an option that is none"
err_has "did you mean --filter?" "... and a near one is named"
run "$vssim" run --fliter=x y
err_has "did you mean --filter?" "... also with its value behind ="
run "$vssim" diff --fliter a b
err_has "vssim diff: see vssim diff --help" "none is near"
run "$vssim" run --filter
code_is 2 "an option without its argument"
err_has "vssim run: see vssim run --help" "... and the help is named"
run "$vssim" run --s x y
code_is 2 "an abbreviation of several options"
run "$vssim" run --fil x --help
code_is 0 "an abbreviation of one"
run "$vssim" explain VSS_E_BAD_STATE -2147212543
code_is 0 "a negative number is a name"
run "$vssim" explain -2147212543
code_is 0 "... also in front"
for shell in zsh:_vssim fish:vssim.fish; do
    if command -v "${shell%:*}" >/dev/null; then
        run "${shell%:*}" -n "build/completion/${shell#*:}"
        code_is 0 "${shell%:*} can read its completion"
    fi
done
finish
