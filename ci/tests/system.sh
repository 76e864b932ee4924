#!/bin/sh
# system.sh - run --subject system: the machine's own library. Under Wine that
# is its built-in stub, which implements nothing, and then our own vssapi.dll,
# put where the system's would be.
. "$(dirname "$0")/lib.sh"
exe=build/win64/vssim.exe
calls=scenarios/prerestore/args/029-no-object-to-hand-out.yaml
behaves=scenarios/prerestore/writer/003-veto-retryable.yaml

run "$vssim" run --subject system "$calls"
code_is 2 "here: no system's own library"
err_has "no VSS of its own" "... is told"
run "$vssim" run --subject system --disposable-machine "$calls"
code_is 2 "here, whatever is allowed"
run "$vssim" run --subject ./system "$calls"
err_has "cannot load" "a library in a file of that name is meant by its path"

trap 'ci/tests/wine --stop; rm -rf "$tmp"' EXIT
library="$PWD/build/wine/drive_c/windows/system32/vssapi.dll"
none='mscoree,mshtml,winedbg.exe='

# stub OPTIONS...: Wine's own library; ours OPTIONS...: ours in its place.
stub() { run env WINEDLLOVERRIDES="$none;vssapi=b" ci/tests/wine "$exe" run "$@"; }
ours() {
    run env WINEDLLOVERRIDES="$none;vssapi=n" VSSIM_POLICY=strict \
        ci/tests/wine "$exe" run "$@"
}

stub --subject system "$calls"
code_is 2 "without --disposable-machine"
err_has "PreRestore can" "... the danger is told"
is "... before anything is played" test ! -s "$tmp/out"
stub --subject system --disposable-machine --state "$tmp/s" "$calls"
code_is 2 "--state is for the simulation"

stub --subject system --disposable-machine -v --trace "$tmp/stub.jsonl" "$calls"
code_is 1 "a library that implements nothing fails"
out_has "not-implemented: CreateVssBackupComponents is not implemented" \
    "... by the rule not-implemented"
out_has "out-written" "... and for what it leaves unwritten"
out_has "subject system, on windows-10 (Wine" "the report names the machine"
for field in '"subject":"system"' '"mode":"system"' \
    '"provenance":"observed"' '"build":[1-9]' '"machine":"Wine '; do
    is "the trace's header has $field" grep -q "$field" "$tmp/stub.jsonl"
done
is "nothing is said of memory" sh -c "! grep -q '\"live\"' '$tmp/stub.jsonl'"
run "$vssim" judge "$tmp/stub.jsonl"
code_is 1 "the trace is judged the same elsewhere"
out_has "not-implemented: CreateVss" "... by the same rule"
run "$vssim" run -q --trace "$tmp/reference.jsonl" "$calls"
run "$vssim" diff "$tmp/reference.jsonl" "$tmp/stub.jsonl"
code_is 1 "beside the reference"
out_has "        A  E_INVALIDARG" "... what the reference gives"
out_has "        B  E_NOTIMPL" "... and the stub does not"

stub --subject system --disposable-machine -v "$behaves"
code_is 77 "a scenario of writer behaviour is skipped"
out_has "writer behaviour cannot be imposed" "... with that reason"
cat >"$tmp/time.yaml" <<'Y'
vssim: 1
scenario: takes its time
requester: [ prepare, PreRestore, Wait: { takes: 0 } ]
Y
cat >"$tmp/other.yaml" <<'Y'
vssim: 1
scenario: another writer
writers: [ { profile: sql-server } ]
requester: [ prepare, PreRestore ]
Y
cat >"$tmp/class.yaml" <<'Y'
vssim: 1
scenario: another writer, by its class
requester:
  - prepare
  - SetSelectedForRestore: { writerId: a65faa63-5ea8-4ebc-9dbd-a0c4db26912a }
Y
cat >"$tmp/old.yaml" <<'Y'
vssim: 1
scenario: another Windows
world: { windows: server-2003 }
requester: [ prepare ]
Y
stub --subject system --disposable-machine -v "$tmp/time.yaml" \
    "$tmp/other.yaml" "$tmp/class.yaml" "$tmp/old.yaml"
code_is 77 "what cannot be imposed or must not be touched"
out_has "time cannot be imposed" "... time"
is "... other writers" test "$(grep -c 'only components of test' "$tmp/out")" = 2
out_has "it is about server-2003" "... another Windows"

# Ours as the system's: what an opaque subject does not show is not missed.
mkdir -p "${library%/*}"
cp build/win64/vssapi.dll "$library"
ours --subject system --disposable-machine --trace "$tmp/ours.jsonl" \
    scenarios/prerestore scenarios/backup/document
code_is 0 "ours in the system's place passes"
is "... a good part of the library" test \
    "$(sed -n 's/^\([0-9]*\) passed.*/\1/p' "$tmp/out")" -gt 50
is "... and is known for no observation" \
    grep -q '"provenance":"simulated"' "$tmp/ours.jsonl"
run "$vssim" run -q --policy strict --windows windows-10 \
    --trace "$tmp/reference.jsonl" scenarios/prerestore scenarios/backup/document
run "$vssim" diff -q "$tmp/reference.jsonl" "$tmp/ours.jsonl"
code_is 0 "... call by call what the reference gives"

# A program that would reach the machine's disks.
cat >"$tmp/disks.c" <<'C'
static const unsigned char vds[16] = {0x61, 0xed, 0x38, 0x9c, 0x65, 0xd5, 0x28,
    0x47, 0xae, 0xee, 0xc8, 0x09, 0x52, 0xf0, 0xec, 0xde};
int main(int argc, char **argv)
{
    return ((const volatile unsigned char *)vds)[argc] == (long)argv;
}
C
run x86_64-w64-mingw32-gcc "$tmp/disks.c" -o "$tmp/disks.exe"
code_is 0 "a program that names the Virtual Disk Service builds"
run ci/tests/wine "$exe" exec "$tmp/old.yaml" -- "$tmp/disks.exe"
code_is 2 "exec on Windows refuses it"
err_has "--disposable-machine" "... and says what would allow it"
run ci/tests/wine "$exe" exec --disposable-machine "$tmp/old.yaml" -- \
    "$tmp/disks.exe"
out_has "never loaded vssapi" "... and then runs it"
finish
