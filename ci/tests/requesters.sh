#!/bin/sh
# requesters.sh - our own requesters: the good ones pass every scenario that a
# good requester can pass, and each bad one is convicted by its rule.
. "$(dirname "$0")/lib.sh"
programs=$folder/requesters
worlds=ci/requesters/worlds
export LD_LIBRARY_PATH="$folder" # for bad --list; exec needs none

# Left out, each with its reason.
leave_out() {
    cat <<'END'
museum/r07-setfilerestorestatus-failed-misreported needs a file that cannot be restored
prerestore/memory/016-filters-that-fail needs a call of DisableWriterClasses
prerestore/service/013-no-thread-and-no-service needs a second PreRestore after one that failed
prerestore/writer/040-unless-all-files-came-back needs a file that cannot be restored
END
}

# rules REPORT: the rules found, sorted, in one line.
rules() {
    /usr/bin/python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))["scenarios"][0]["findings"]
print(" ".join(sorted({f["rule"] for f in found})))' "$1"
}

# judge NAME SCENARIO PROGRAM...: runs exec; $found has the rules.
judge() {
    name=$1
    file=$2
    shift 2
    run "$vssim" exec --timeout "${limit:-20}" -q --json "$tmp/report.json" \
        "$file" -- "$@"
    found=$(rules "$tmp/report.json" 2>/dev/null || echo "no report")
}

good() { # PROGRAM
    fine=1
    n=0
    for file in $(find scenarios "$worlds" -name '*.yaml' | sort); do
        case $file in scenarios/data/* | scenarios/requester/*) continue ;; esac
        name=${file#scenarios/}
        if leave_out | grep -q "^${name%.yaml} "; then continue; fi
        judge "$1" "$file" "$1"
        n=$((n + 1))
        case $code:$found in 0: | 77:) continue ;; esac
        fine=0
        not_ok "${1##*/} passes $name (found: $found)"
    done
    if [ "$fine" = 1 ]; then ok "${1##*/} passes $n scenarios"; fi
}

bad() { # PREFIX
    list=$tmp/mistakes
    "$1" --list >"$list"
    while IFS='	' read -r rule world follows what; do
        limit=3 judge "$rule" "$worlds/$world.yaml" "$1" "$rule"
        want=$(printf '%s\n' $rule $follows | grep -v '^-$' | sort | tr '\n' ' ')
        if [ "$found " = "$want" ]; then
            ok "$rule convicts the one that $what"
        else
            not_ok "$rule convicts the one that $what: found $found"
        fi
    done <"$list"
}

for program in good_c good_cpp; do
    [ ! -x "$programs/$program" ] || good "$programs/$program"
done
bad "$programs/bad"

# Every requester rule has its bad requester.
"$programs/bad" --list | cut -f1 | sort >"$tmp/convicted"
run "$vssim" list --rules
awk '/requester rule/ && $1 != "program-runs" { print $1 }' "$tmp/out" |
    sort >"$tmp/rules"
is "every requester rule has its bad requester" \
    cmp -s "$tmp/rules" "$tmp/convicted"
"$programs/bad" --list | while IFS='	' read -r rule world follows what; do
    printf '| %s | %s | %s | %s |\n' "$rule" "$what" "$world" "$follows"
done >"$tmp/table"
grep '^| [a-z]*-' ci/requesters/README.md >"$tmp/readme"
is "the README lists each bad requester" cmp -s "$tmp/table" "$tmp/readme"
finish
