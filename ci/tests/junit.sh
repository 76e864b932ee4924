#!/bin/sh
# junit.sh - reports: well-formed for any text, valid, the same every time.
. "$(dirname "$0")/lib.sh"

# Text that breaks writers of XML: ]]>, markup, controls, quotes.
scenario 'hostile-]]>&<x>"' <<'END'
vssim: 1
scenario: "]]> <b> & \" ' \x01\x1b\x7f \uFFFE \U0001F600 end"
requester:
  - prepare
  - PreRestore: { returns: E_INVALIDARG }
  - note: "]]> \x02 note"
END
printf 'vssim: 1\nscenario: \377\376 not UTF-8\n' >"$tmp/bytes.yaml"
cp "$tmp/bytes.yaml" "$tmp/$(printf 'n\377me').yaml"

validate() { xmllint --noout --nonet --schema ci/check/junit.xsd "$1"; }

run "$vssim" run -q --junit "$tmp/one.xml" --json "$tmp/one.json" scenarios
code_is 0 "the library, with reports"
cp "$tmp/one.xml" "$tmp/library.xml"
run validate "$tmp/library.xml"
code_is 0 "JUnit of the library validates"
is "JUnit names classes, files and lines" \
    grep -q '<testcase .*classname="..*".*file="scenarios/' "$tmp/library.xml"
run "$vssim" run -q --junit "$tmp/two.xml" --json "$tmp/two.json" scenarios
is "JUnit is the same twice" cmp -s "$tmp/one.xml" "$tmp/two.xml"
is "JSON is the same twice" cmp -s "$tmp/one.json" "$tmp/two.json"

run "$vssim" run -q --junit "$tmp/h.xml" --json "$tmp/h.json" "$tmp"
code_is 2 "hostile texts"
run validate "$tmp/h.xml"
code_is 0 "JUnit of hostile texts validates"
run /usr/bin/python3 -m json.tool "$tmp/h.json"
code_is 0 "JSON of hostile texts is JSON"
run "$vssim" run -q --junit - "$tmp/bytes.yaml"
cp "$tmp/out" "$tmp/stdout.xml"
run validate "$tmp/stdout.xml"
code_is 0 "--junit - writes nothing else to standard output"
run "$vssim" run -q --junit /dev/full scenarios
code_is 99 "a report that cannot be written"
finish
