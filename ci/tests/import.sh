#!/bin/sh
# import.sh - vssim import: every listing, each other kind, hostile input.
. "$(dirname "$0")/lib.sh"
listings=scenarios/data/listings

# plays WHAT CODE FILE...: imports, checks, plays.
plays() {
    of=$1
    want=$2
    shift 2
    rm -rf "$tmp/made"
    run "$vssim" import --output "$tmp/made/" "$@"
    code_is "$want" "$of"
    run "$vssim" check -q "$tmp/made"
    code_is 0 "$of: checks clean"
    run "$vssim" run -q "$tmp/made"
    code_is 0 "$of: plays"
}

for file in "$listings"/[0-79]-*; do
    plays "$file" 0 "$file"
done
plays "an inconsistent shadow copy" 0 "$listings/1-hyper-v-inconsistent.txt"
is "the twin is there" test -s "$tmp/made/1-hyper-v-inconsistent-stale.yaml"
run "$vssim" import "$listings/8-no-list.txt"
code_is 2 "vssadmin's own error"
err_has "unreadable" "... is unreadable"
is "... and gives no scenario" test ! -s "$tmp/out"

# To standard output; the twin is told of and to be had.
run "$vssim" import "$listings/3-ids-replaced.txt"
code_is 0 "to standard output"
out_has "PostSnapshot: { veto: VSS_E_WRITERERROR_NONRETRYABLE }" "the failure"
err_has '--variant "stale"' "the twin is told of"
run "$vssim" import --variant stale "$listings/3-ids-replaced.txt"
out_has "times: 1" "the twin fails once"
run "$vssim" import --variant none "$listings/3-ids-replaced.txt"
code_is 2 "an unknown variant"
run sh -c "'$vssim' import <'$listings/7-french-utf16.txt'"
code_is 0 "from standard input"
out_has "profile: system" "... the writer"

cat >"$tmp/test.xml" <<'EOF'
<TestWriter usage="USER_DATA" deleteFiles="yes" checkIncludes="yes" supportsDifferential="yes" supportsNewTarget="no">
  <RestoreMethod method="RESTORE_IF_CAN_BE_REPLACED" writerRestore="always" rebootRequired="no">
    <AlternateLocationMapping path="C:\files" filespec="*" recursive="yes" alternatePath="D:\other"/>
  </RestoreMethod>
  <ExcludeFile path="C:\files" filespec="*.tmp" recursive="no"/>
  <Component componentType="filegroup" logicalPath="base" componentName="one" selectable="yes">
    <ComponentFile path="C:\files" filespec="*" recursive="yes" alternatePath="C:\spit" diffBackupRequired="no"/>
    <Dependency writerId="a65faa63-5ea8-4ebc-9dbd-a0c4db26912a" logicalPath="S" componentName="db"/>
    <PartialFile path="C:\files" filespec="a" ranges="0:10"/>
    <DifferencedFile path="C:\files" filespec="b" year="2026" month="2" day="1"/>
  </Component>
  <Component componentType="database" componentName="two"><ComponentFile path="C:\db" filespec="x"/></Component>
  <FailEvent writerEvent="PreRestore" retryable="yes" numFailures="2"/>
  <FailEvent writerEvent="PostRestore" retryable="no"/>
  <FailEvent writerEvent="Identify" retryable="no"/>
  <FailEvent writerEvent="PrepareForBackup" retryable="no"/>
  <FailEvent writerEvent="PrepareForSnapshot" retryable="yes" numFailures="1"/>
  <FailEvent writerEvent="Freeze" retryable="no"/>
  <FailEvent writerEvent="Thaw" retryable="no"/>
  <FailEvent writerEvent="PostSnapshot" retryable="no"/>
  <FailEvent writerEvent="Abort" retryable="no"/>
  <FailEvent writerEvent="BackupComplete" retryable="no"/>
</TestWriter>
EOF
plays "a Test Writer configuration" 0 "$tmp/test.xml"
is "one scenario for each failing event" \
    test "$(find "$tmp/made" -name '*.yaml' | wc -l)" = 10

cat >"$tmp/be.xml" <<'EOF'
<BETest>
  <Writer writerid="a65faa63-5ea8-4ebc-9dbd-a0c4db26912a">
    <Component logicalPath="HOST\ONE" componentName="Payroll"/></Writer>
  <Writer writerid="11111111-2222-3333-4444-555555555555"/>
</BETest>
EOF
plays "a BETest selection" 0 "$tmp/be.xml"
printf '"a65faa63-5ea8-4ebc-9dbd-a0c4db26912a" : "HOST\\db", "other"\n' \
    >"$tmp/be.txt"
plays "a BETest list" 0 "$tmp/be.txt"

plays "saved documents" 0 scenarios/data/payroll-server.xml \
    scenarios/data/payroll-sql-metadata.xml
plays "a saved Backup Components Document" 0 scenarios/data/payroll-server.xml
plays "a saved Writer Metadata Document" 0 \
    scenarios/data/payroll-sql-metadata.xml
/usr/bin/python3 -c '
import sys
text = open(sys.argv[1], encoding="utf-8").read()
open(sys.argv[2], "wb").write(text.encode("utf-16"))' \
    scenarios/data/payroll-server.xml "$tmp/wide.xml"
plays "a saved document in UTF-16" 0 "$tmp/wide.xml"
run sh -c "'$vssim' import <scenarios/data/payroll-server.xml"
code_is 2 "a document that no scenario can name"
err_has "--output FOLDER" "... says the remedy"

cat >"$tmp/event.txt" <<'EOF'
Event ID: 12289
Volume Shadow Copy Service error: unexpected error. hr = 0x80042409.

Operation:
   PreRestore Event

Context:
   Execution Context: Writer
   Writer Class Id: {66841cd4-6ded-4f4b-8f17-fd23f8ddc3de}
   Writer Name: Microsoft Hyper-V VSS Writer
EOF
plays "an event log entry" 0 "$tmp/event.txt"
cat >"$tmp/log.txt" <<'EOF'
Selected writer 'System Writer' is in failed state! - Status: 9 (VSS_WS_FAILED_AT_FREEZE) - Writer Failure code: 0x800423f2
Writer state is not stable WriterState=8 Error=null
EOF
plays "a requester's log" 1 "$tmp/log.txt"
run "$vssim" import "$tmp/log.txt"
err_has "log.txt:2: not understood" "what is not understood has its line"
out_has "# NOT UNDERSTOOD, line 2" "... in the scenario, too"

# A trace becomes the script that makes it again.
calls() {
    /usr/bin/python3 -c '
import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    if r["kind"] in ("call", "return", "event-begin", "event-end"):
        print(r["kind"], r["time"], r.get("method"), r.get("hr"),
              r.get("event"), r.get("writer"), r.get("outcome"))' "$1"
}
for file in scenarios/prerestore/async/00*.yaml \
    scenarios/prerestore/writer/00*.yaml scenarios/backup/writer/00*.yaml \
    scenarios/museum/r0[126]*.yaml; do
    run "$vssim" run -q --trace "$tmp/one.jsonl" "$file"
    run "$vssim" import --output "$tmp/again.yaml" "$tmp/one.jsonl"
    run "$vssim" run -q --trace "$tmp/two.jsonl" "$tmp/again.yaml"
    calls "$tmp/one.jsonl" >"$tmp/one.calls"
    calls "$tmp/two.jsonl" >"$tmp/two.calls"
    is "$file: the trace again" cmp "$tmp/one.calls" "$tmp/two.calls"
done

# Hostile input: an answer, never a crash.
refused() {
    run "$vssim" import "$tmp/hostile"
    code_is 2 "$1"
}
head -c 20000000 /dev/zero >"$tmp/hostile"
refused "20 MB of NUL bytes"
head -c 100000 /dev/urandom >"$tmp/hostile"
refused "random bytes"
/usr/bin/python3 -c 'print("<TestWriter>" + "<a>" * 100000)' >"$tmp/hostile"
refused "deep XML"
/usr/bin/python3 -c 'print("{" * 100000)' >"$tmp/hostile"
refused "deep JSON"
: >"$tmp/hostile"
refused "nothing"
head -c 3000 "$tmp/one.jsonl" >"$tmp/hostile"
refused "half a trace"
cp scenarios/data/entity-bomb.xml "$tmp/hostile"
refused "an entity bomb"
run "$vssim" import "$tmp/none"
code_is 2 "no such file"
run "$vssim" import "$listings/1-hyper-v-inconsistent.txt" "$tmp/log.txt"
code_is 2 "two scenarios into one output"
finish
