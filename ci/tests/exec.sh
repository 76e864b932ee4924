#!/bin/sh
# exec.sh - programs on the simulated runtime: how they end, what is said.
. "$(dirname "$0")/lib.sh"
probe=$folder/programs/probe
mkdir "$tmp/own"
export TMPDIR="$tmp/own"

scenario world <<'END'
vssim: 1
scenario: a machine with one slow writer
writers:
  - profile: test-writer
    behaviour: { PreRestore: { after: 12s } }
END
scenario hung <<'END'
vssim: 1
scenario: a writer never answers and nobody gives it up
world: { hung-writer: never }
writers:
  - profile: test-writer
    behaviour: { PreRestore: { hang: true } }
END
scenario expects <<'END'
vssim: 1
scenario: what the program must print and end with
writers:
  - profile: test-writer
expect:
  exit: 0
  output: [ PreRestore ended with 0x0004230A ]
  events: { test-writer: [PreRestore, PostRestore] }
END
scenario wrong <<'END'
vssim: 1
scenario: what the program does not do
expect:
  exit: 7
  output: [ all is well ]
END
scenario scripted <<'END'
vssim: 1
scenario: the script of a scenario is left out
requester:
  - CreateVssBackupComponents: { returns: E_INVALIDARG }
expect: { events: { test-writer: [] } }
END

# rules about requesters are tested elsewhere; here, how it runs
one() { file=$1; shift; run "$vssim" exec "$tmp/$file.yaml" "$@"; }

one world -- "$probe"
is "a good one ran" grep -q 'PreRestore ended with 0x0004230A' "$tmp/out"
one world --trace "$tmp/trace.jsonl" -- "$probe"
is "its trace is saved" grep -q '"method":"PreRestore"' "$tmp/trace.jsonl"
is "virtual time: 12 seconds passed" \
    grep -q '"time":1[2-9][0-9]*,' "$tmp/trace.jsonl"
is "the program's end is in the trace" \
    grep -q '"kind":"program"' "$tmp/trace.jsonl"
one world --trace "$tmp/two.jsonl" -- "$probe"
is "two runs, one trace" cmp "$tmp/trace.jsonl" "$tmp/two.jsonl"
one world -- "$probe" loaded
out_has "PreRestore ended" "the library loaded by name"
one expects -- "$probe"
out_lacks "expect-" "expectations of a program that holds them"
out_has "PreRestore ended" "its output is passed through"
one wrong -- "$probe"
code_is 1 "expectations that it does not hold"
out_has "expect-exit" "another exit code is told"
out_has "expect-output" "missing output is told"
one scripted -- "$probe"
out_lacks "expect-" "what a scenario's script is to do holds for no program"

one world -- "$probe" crash
code_is 1 "a crash"
out_has "program-runs: the program crashed" "a crash is told"
out_has "PreRestore" "... and the last call"
one world -- "$probe" early
out_has "InitializeForRestore" "an early end: the calls until there are judged"
one world --propagate -- "$probe" early
code_is 4 "--propagate"
one world --timeout 1 -- "$probe" hang
out_has "did not end within 1 s" "a program that hangs is ended"
one hung --timeout 1 -- "$probe" wait
out_has "it was in IVssAsync::Wait" "... and the call it hangs in is told"
one world --timeout 1 --disable end-is-told -- "$probe" poll
out_has "did not end within 1 s" "polling for ever"
one world -- "$probe" silent
out_has "called neither" "loaded, and nothing called"
one world -- true
out_has "never loaded vssapi" "never loaded"
one world -- "$folder/programs/stray"
out_has "foreign/libvssapi.so, and not the simulated" "another library"
one world -- "$tmp/no-such-program"
code_is 2 "no such program"
one world -- "$tmp/world.yaml"
is "what cannot be executed" test "$code" != 0

one hung -- "$probe" cancel
out_has "cancelled: 0x0004230B" "one thread waits, another cancels"
one world --trace "$tmp/threads.jsonl" -- "$probe" threads
is "four threads at once" \
    test "$(grep -c 'PreRestore ended' "$tmp/out")" = 4
is "the trace names threads" grep -q '"thread":4' "$tmp/threads.jsonl"
one world --trace "$tmp/fork.jsonl" -- "$probe" fork
is "two processes" test "$(grep -c 'PreRestore ended' "$tmp/out")" = 2
is "... are in one trace" grep -q '"thread":10[0-9]' "$tmp/fork.jsonl"
is "... with one header" test "$(grep -c '"kind":"header"' "$tmp/fork.jsonl")" = 1
run "$vssim" judge "$tmp/fork.jsonl"
out_lacks "subject-survives" "the merged trace can be judged again"
one world --time 60x -- "$probe"
out_has "PreRestore ended" "--time 60x: 12 s take a fifth"
one world --time 1.5 -- "$probe"
code_is 2 "--time: a bad factor"
run "$vssim" exec "$tmp/world.yaml" "$probe"
code_is 2 "no --"
run "$vssim" exec -- "$probe"
code_is 2 "no scenario"
# the virtual disk service: its disks are the scenario's
scenario disks <<'END'
vssim: 1
scenario: an EFI machine whose system disk changed since the backup
world:
  role: winpe
  machine:
    firmware: efi
    disks: [ { name: disk0, boot: true, esp: true }, { name: data } ]
    at-backup: { disks: [ { like: disk0, volumes: [ { critical: true } ] } ] }
END
vds=$folder/programs/vds_client
one disks --trace "$tmp/vds.jsonl" -- "$vds" disk0 force
out_has "Clean: 0x00000000" "a program comes to a disk's Clean"
out_has "cleaned: 0x0004241A" "... and waits for it"
out_has "other class: 0x80040154" "no other class is there"
is "its calls are in the trace" \
    grep -q '"iface":"IVdsAdvancedDisk","method":"Clean","slot":12' "$tmp/vds.jsonl"
is "codes are named as VDS means them" \
    grep -q '"VDS_S_DISK_PARTIALLY_CLEANED"' "$tmp/vds.jsonl"
one disks -- "$vds" disk0
out_has "Clean: 0x8004240A" "without force a disk with data is not cleaned"
one disks -v -- "$vds" data force
out_has "clean-is-due" "the wrong disk is cleaned: a finding"
one world -- "$vds" disk0 force
out_has "no disk disk0" "a scenario without a machine has no disks"
is "nothing is left behind" test -z "$(ls "$TMPDIR")"

# What vssim itself cannot do is no finding against the program. (A sanitizer
# wants more room than that for itself.)
if [ "$folder" = build ]; then
    run "$vssim" exec ci/requesters/worlds/calm.yaml -- \
        sh -c 'ulimit -v 200000; exec "$0"' "$folder/requesters/good_c"
    code_is 99 "no room for the simulation"
    err_has "in the program: vssim: there is no room" "... is told"
    out_lacks "FAIL" "... against nobody"
fi
finish
