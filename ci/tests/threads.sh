#!/bin/sh
# threads.sh - several threads in the library, watched by ThreadSanitizer.
. "$(dirname "$0")/lib.sh"
vssim=build/tsan/vssim
probe=build/tsan/programs/probe
if [ "$folder" != build ] || [ ! -x "$probe" ]; then
    echo "threads.sh: no build/tsan"
    exit 0
fi
scenario world <<'END'
vssim: 1
scenario: a slow writer
writers:
  - { profile: test-writer, behaviour: { PreRestore: { after: 2s } } }
END
scenario hung <<'END'
vssim: 1
scenario: a writer that never answers
world: { hung-writer: never }
writers:
  - { profile: test-writer, behaviour: { PreRestore: { hang: true } } }
END
watch() { # NAME FILE MODE OPTION...
    name=$1 file=$2 mode=$3
    shift 3
    run "$vssim" exec "$tmp/$file.yaml" "$@" -- "$probe" "$mode"
    is "$name: it ran" grep -qE 'PreRestore ended|cancelled' "$tmp/out"
    if grep -q ThreadSanitizer "$tmp/out" "$tmp/err"; then
        not_ok "$name: no data race"
    else
        ok "$name: no data race"
    fi
}
watch "four restores at once" world threads
watch "four restores, time at 60x" world threads --time 60x
watch "one waits, one cancels" hung cancel
finish
