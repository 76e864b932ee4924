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
backup/query/007-functions needs a call of IsVolumeSnapshotted
backup/snapshot/013-deleting-stops-at-a-veto needs a call of DeleteSnapshots
backup/snapshot/021-service-dies needs a set under way after three seconds
backup/snapshot/034-service-and-provider needs one that goes on after five failures
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

# Runs exec; $found has the rules.
judge() { # SCENARIO PROGRAM...
    file=$1
    shift
    run "$vssim" exec --timeout "${limit:-20}" -q --json "$tmp/report.json" \
        "$file" -- "$@"
    found=$(rules "$tmp/report.json" 2>/dev/null || echo "no report")
}

good() { # PROGRAM ARGUMENT PLACE...
    program=$1
    how=$2
    shift 2
    fine=1
    n=0
    for file in $(find "$@" -name '*.yaml' | sort); do
        # Scripts that are wrong on purpose; what takes place in a backup.
        case $how:$file in
        *:scenarios/requester/* | :scenarios/backup/*) continue ;;
        esac
        name=${file#scenarios/}
        if leave_out | grep -q "^${name%.yaml} "; then continue; fi
        judge "$file" "$program" $how
        n=$((n + 1))
        case $code:$found in 0: | 77:) continue ;; esac
        fine=0
        not_ok "${program##*/} $how passes $name (found: $found)"
    done
    if [ "$fine" = 1 ]; then ok "${program##*/} $how passes $n scenarios"; fi
}

bad() { # PROGRAM LIMIT
    while IFS='	' read -r rule world follows what; do
        limit=$2 judge "$worlds/$world.yaml" "$1" "$rule"
        # shellcheck disable=SC2086
        want=$(printf '%s\n' $rule $follows | grep -v '^-$' | sort |
            tr '\n' ' ')
        if [ "$found " = "$want" ]; then
            ok "${1##*/}: $rule convicts the one that $what"
        else
            not_ok "${1##*/}: $rule convicts the one that $what: found $found"
        fi
    done <"$tmp/mistakes"
}

"$programs/bad" --list >"$tmp/mistakes"
good "$programs/good_c" "" scenarios "$worlds"
good "$programs/good_cpp" "" scenarios "$worlds"
good "$programs/good_c" --backup scenarios/backup "$worlds"
bad "$programs/bad" 3

# As Windows programs: a run takes Wine two or three seconds.
windows=build/win64/requesters
if [ -x "$windows/bad.exe" ] && [ "$folder" = build ] &&
    [ -x /usr/lib/wine/wine64 ]; then
    for program in good_c good_theirs good_ours; do
        good "$windows/$program.exe" "" "$worlds"
    done
    good "$windows/good_c.exe" --backup "$worlds"
    bad "$windows/bad.exe" 10
else
    echo "requesters.sh: no build/win64 or no Wine: natively only"
fi

# Every requester rule has its bad requester.
cut -f1 "$tmp/mistakes" | sort >"$tmp/convicted"
run "$vssim" list --rules
awk '/requester rule/ && $1 != "program-runs" { print $1 }' "$tmp/out" |
    sort >"$tmp/rules"
is "every requester rule has its bad requester" \
    cmp -s "$tmp/rules" "$tmp/convicted"
while IFS='	' read -r rule world follows what; do
    printf '| %s | %s | %s | %s |\n' "$rule" "$what" "$world" "$follows"
done <"$tmp/mistakes" >"$tmp/table"
grep '^| [a-z]*-' ci/requesters/README.md >"$tmp/readme"
is "the README lists each bad requester" cmp -s "$tmp/table" "$tmp/readme"
finish
