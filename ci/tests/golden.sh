#!/bin/sh
# golden - what the product does with the whole library, what it says of it,
# what it says of damaged traces, is what it was when somebody last looked.
#   ci/tests/golden.sh            compares with ci/prove.d/golden/library.sums
#   ci/tests/golden.sh --update   writes that anew: the change is meant
. "$(dirname "$0")/lib.sh"
kept=ci/prove.d/golden/library.sums
ci/build/ninja "$folder/golden/golden" >/dev/null
golden=$folder/golden/golden

all() {
    find scenarios -name '*.yaml' -not -path '*/data/*' \
        -not -path '*/schema/*' -not -path '*/gen/*' | LC_ALL=C sort |
        xargs "$golden" "$@"
}

# In the order of the parts; two at a time.
sums() {
    all --part damage >"$tmp/damage" &
    all --part play --part faults --part worlds --part read
    wait "$!"
    cat "$tmp/damage"
}

if [ "${1:-}" = --update ]; then
    sums >"$kept"
    exit
fi

run sums
code_is 0 "the whole library"
mv "$tmp/out" "$tmp/sums"
for part in play faults worlds read damage rule; do
    grep "^$part " "$kept" >"$tmp/kept.$part"
    grep "^$part " "$tmp/sums" >"$tmp/sums.$part"
    run diff "$tmp/kept.$part" "$tmp/sums.$part"
    code_is 0 "$part: as it was"
done
if ! cmp -s "$kept" "$tmp/sums"; then
    cat <<END
What plays, or what is said of it, is not what was kept. To see it:
    $golden --part PART --show SCENARIO
here and at the commit before. If it is meant: ci/tests/golden.sh --update
END
fi

# The check itself notices: one digit of one sum.
one=scenarios/museum/s20-local-administrator-refused.yaml
sed 's/^\(play .*\).$/\1x/' "$kept" >"$tmp/wrong"
run "$golden" --part play --check "$tmp/wrong" "$one"
code_is 1 "a sum that is another is noticed"
run "$golden" --part play --check "$kept" "$one"
code_is 0 "and the true one is not"
finish
