#!/bin/sh
# mutants.sh - each seeded bug is convicted by its rule, the reference by none.
. "$(dirname "$0")/lib.sh"

run ci/build/ninja "$folder/mutants"
code_is 0 "the mutants build"
run /usr/bin/python3 ci/tests/mutants.py "$vssim" "$folder/mutants" "$so"
cat "$tmp/out"
[ "$code" = 0 ] || not_ok "mutants.py ends well"
! grep -q '^not ok - ' "$tmp/out" || bad=1
finish
