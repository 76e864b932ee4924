#!/bin/sh
# state.sh - two runs in turn behave as on one machine (run --state).
. "$(dirname "$0")/lib.sh"

cat >"$tmp/leaves.yaml" <<'Y'
vssim: 1
scenario: leaves a shadow copy, a set in the making and a session behind
requester:
  - CreateVssBackupComponents
  - InitializeForBackup
  - SetContext: { lContext: VSS_CTX_NAS_ROLLBACK }
  - StartSnapshotSet
  - AddToSnapshotSet
  - DoSnapshotSet: { wait: true }
  - ExposeSnapshot
  - CreateVssBackupComponents: { keep: true }
  - InitializeForBackup
  - SetBackupState
  - GatherWriterMetadata: { wait: true }
  - AddComponent
  - StartSnapshotSet
  - AddToSnapshotSet
  - PrepareForBackup: { wait: true }
Y
cat >"$tmp/meets.yaml" <<'Y'
vssim: 1
scenario: meets what was left behind
requester:
  - CreateVssBackupComponents
  - InitializeForBackup
  - StartSnapshotSet: { returns: VSS_E_SNAPSHOT_SET_IN_PROGRESS }
  - SetContext: { lContext: VSS_CTX_ALL }
  - Query
  - Next: { out: { m_pwszExposedName: 'X:', m_lSnapshotsCount: 1 } }
  - DeleteSnapshots: { out: { plDeletedSnapshots: 1 } }
  - sleep: 6m
  - CreateVssBackupComponents
  - InitializeForBackup
  - StartSnapshotSet
Y
cat >"$tmp/finds-nothing.yaml" <<'Y'
vssim: 1
scenario: finds nothing
requester:
  - CreateVssBackupComponents
  - InitializeForBackup
  - StartSnapshotSet
  - SetBackupState
  - Query
  - Next: { returns: S_FALSE }
Y
cat >"$tmp/no-slot.yaml" <<'Y'
vssim: 1
scenario: a writer whose session slots are used up has no status
world: { session-slots: 1 }
requester:
  - backup: { keep: true }
  - GatherWriterStatus: { wait: true }
  - GetWriterStatus: { writer: test-writer, state: VSS_WS_STABLE }
Y
sed -e '/state: VSS_WS_STABLE/d' "$tmp/no-slot.yaml" >"$tmp/slots.yaml"
cat >>"$tmp/slots.yaml" <<'Y'
  - CreateVssBackupComponents
  - InitializeForBackup
  - SetBackupState
  - GatherWriterMetadata: { wait: true }
  - AddComponent
  - PrepareForBackup: { wait: true }
  - GatherWriterStatus: { wait: true }
  - GetWriterStatus: { writer: test-writer, state: VSS_WS_UNKNOWN, failure: VSS_E_WRITER_STATUS_NOT_AVAILABLE }
Y

state=$tmp/state
run "$vssim" run -q --state "$state" "$tmp/leaves.yaml"
code_is 0 "a run with a fresh folder"
is "it leaves a file" test -s "$state/state.yaml"
is "with the set in the making" grep -q '^set-in-progress:' "$state/state.yaml"
is "and the session" grep -q 'abandoned: 1' "$state/state.yaml"
run "$vssim" run -q --state "$state" "$tmp/meets.yaml"
code_is 0 "the next run meets all of it"
run "$vssim" run -q --state "$state" "$tmp/finds-nothing.yaml"
code_is 0 "and clears it away"
run "$vssim" run -q "$tmp/finds-nothing.yaml"
code_is 0 "without the option nothing is kept"
run "$vssim" run -q --state "$state" "$tmp/slots.yaml"
code_is 0 "an abandoned session takes a slot"

printf 'vssim-state: 7\n' >"$state/state.yaml"
run "$vssim" run "$tmp/finds-nothing.yaml" --state "$state"
is "another version is refused" grep -q 'state.yaml:1:14: version 7' "$tmp/out"
is "with no pass" test "$code" != 0
printf 'vssim-state: 1\nsnapshots:\n  - { id: nonsense }\n' \
    >"$state/state.yaml"
run "$vssim" run "$tmp/finds-nothing.yaml" --state "$state"
is "damage is told with its place" \
    grep -q 'state.yaml:3:.*"nonsense" is no GUID' "$tmp/out"
is "and what is damaged stays as it was" grep -q nonsense "$state/state.yaml"
: >"$state/state.yaml"
run "$vssim" run "$tmp/finds-nothing.yaml" --state "$state"
is "an empty file is damage" test "$code" != 0
run "$vssim" run "$tmp/finds-nothing.yaml" --state "$tmp/leaves.yaml"
is "a folder that is none is told" grep -q 'Not a directory' "$tmp/out"
finish
