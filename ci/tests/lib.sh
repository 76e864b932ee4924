# shellcheck shell=sh
# lib.sh - shared by the shell tests: run a command, look at what came.
# A test prints "ok - what" or "not ok - what" for each look, and ends with
# `finish`. What a command printed is in $tmp/out and $tmp/err, its exit code
# in $code. VSSIM names the program, FOLDER its build folder.
. "$(dirname "$0")/../prove.d/doors.sh"
folder=${FOLDER:-build}
# What a shared library is called there.
so=.so
[ "$folder" != build/win64 ] || so=.dll
vssim=${VSSIM:-$folder/vssim}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0
unset NO_COLOR CLICOLOR CLICOLOR_FORCE

run() {
    ran=$*
    code=0
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || code=$?
}

ok() { printf 'ok - %s\n' "$1"; }

not_ok() {
    bad=1
    printf 'not ok - %s\n' "$1"
    printf '    after: %s\n    exit code: %s\n' "$ran" "$code"
    head -n 20 "$tmp/out" | sed 's/^/    out: /'
    head -n 20 "$tmp/err" | sed 's/^/    err: /'
}

# is WHAT COMMAND...: the command must succeed.
is() {
    what=$1
    shift
    if "$@"; then ok "$what"; else not_ok "$what"; fi
}

code_is() { is "$2: exit code $1" test "$code" = "$1"; }
out_has() { is "$2" grep -qF -e "$1" "$tmp/out"; }
err_has() { is "$2" grep -qF -e "$1" "$tmp/err"; }
out_lacks() { if grep -qF -e "$1" "$tmp/out"; then not_ok "$2"; else ok "$2"; fi; }

# scenario NAME: makes $tmp/NAME.yaml of standard input.
scenario() { cat >"$tmp/$1.yaml"; }

finish() { exit "$bad"; }
