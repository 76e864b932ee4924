#!/bin/sh
# cli.sh - the command line: commands, help, exit codes, colours.
. "$(dirname "$0")/lib.sh"
esc=$(printf '\033')

scenario good <<'END'
vssim: 1
scenario: passes
requester:
  - prepare
  - PreRestore: { ppAsync: null, returns: E_INVALIDARG }
END
scenario bad <<'END'
vssim: 1
scenario: fails
requester:
  - prepare
  - PreRestore: { returns: E_INVALIDARG }
END
scenario idle <<'END'
vssim: 1
scenario: has a fault that never fires
faults:
  - { point: alloc/PreRestore/1 }
requester:
  - prepare
END
scenario skipped <<'END'
vssim: 1
scenario: is not played
skip: not today
requester:
  - prepare
END
scenario broken <<'END'
vssim: 1
scenario: cannot be read
requester:
  - PreRestor
END

run "$vssim"
code_is 2 "no command"
err_has "usage: vssim COMMAND" "no command: the usage is shown"
run "$vssim" --help
code_is 0 "--help"
out_has "usage: vssim COMMAND" "--help goes to standard output"
run "$vssim" --version
code_is 0 "--version"
out_has "vssim $(sed -n 's/.*VSSIM_VERSION "\(.*\)".*/\1/p' \
    sim/base/version.h)" "--version names the version"
run "$vssim" rnu
code_is 2 "unknown command"
err_has "did you mean run?" "unknown command: a near one is named"
for command in run exec check judge show diff list explain; do
    run "$vssim" "$command" --help
    code_is 0 "$command --help"
    out_has "usage: vssim $command" "$command --help shows its usage"
    run "$vssim" "$command" --no-such-option
    code_is 2 "$command with an unknown option"
    is "... which is told by its whole name" \
        sh -c "! grep -qv '^vssim $command: ' '$tmp/err'"
done

run "$vssim" run "$tmp/good.yaml"
code_is 0 "run, all pass"
run "$vssim" run "$tmp/good.yaml" "$tmp/bad.yaml"
code_is 1 "run, one fails"
out_has "bad.yaml" "run names the file that fails"
run "$vssim" run "$tmp/idle.yaml"
code_is 1 "run, a fault never fires"
out_has "not exercised" "run says that it was not exercised"
run "$vssim" run "$tmp/skipped.yaml"
code_is 77 "run, all skipped"
run "$vssim" run "$tmp/good.yaml" "$tmp/skipped.yaml"
code_is 0 "run, one passes and one is skipped"
run "$vssim" run "$tmp/broken.yaml"
code_is 2 "run, a scenario cannot be read"
cat "$tmp/err" >>"$tmp/out"
out_has "broken.yaml:4:5: " "run tells the place of the mistake"
run "$vssim" run
code_is 2 "run without a file"
run "$vssim" run --sweep alloc "$tmp/good.yaml" -
code_is 2 "a sweep of standard input"
err_has "standard input is not allowed" "... is refused, not passed over"
run "$vssim" run "$tmp/nowhere"
code_is 2 "run of a file that is not there"
run "$vssim" run --windows windows-95 "$tmp/good.yaml"
code_is 2 "run with an unknown Windows"
run "$vssim" run --policy check-order=sideways "$tmp/good.yaml"
code_is 2 "run with an unknown policy"
run "$vssim" run --fail-fast "$tmp/bad.yaml" "$tmp/good.yaml"
code_is 1 "run --fail-fast"
run sh -c "'$vssim' run '$tmp/good.yaml' >/dev/full"
code_is 99 "run into a full disk"

run "$vssim" check "$tmp/good.yaml" "$tmp/bad.yaml" "$tmp/skipped.yaml"
code_is 0 "check of what can be read"
run "$vssim" check "$tmp/broken.yaml"
code_is 2 "check of what cannot"

for name in VSS_E_BAD_STATE 0x80042301 2147754753 -2147212543; do
    run "$vssim" explain "$name"
    code_is 0 "explain $name"
    out_has VSS_E_BAD_STATE "explain $name names the code"
done
run "$vssim" explain VSS_E_BAD_STAT
code_is 2 "explain of something unknown"
for name in PreRestore VSS_WS_FAILED_AT_PRE_RESTORE check-order; do
    run "$vssim" explain "$name"
    code_is 0 "explain $name"
done
run "$vssim" explain GetIncludeFile
out_has "(the page has no table)" "explain: a page without a table says so"
run "$vssim" list --api
out_has "    codes   (the page has no table)" "list --api says so, too"

run "$vssim" run --color=always "$tmp/bad.yaml"
out_has "$esc" "--color=always: colours"
run "$vssim" run "$tmp/bad.yaml"
out_lacks "$esc" "not a terminal: no colours"
run env CLICOLOR_FORCE=1 "$vssim" run "$tmp/bad.yaml"
out_has "$esc" "CLICOLOR_FORCE: colours"
run env NO_COLOR=1 CLICOLOR_FORCE=1 "$vssim" run "$tmp/bad.yaml"
out_lacks "$esc" "NO_COLOR wins over CLICOLOR_FORCE"
run env NO_COLOR= CLICOLOR_FORCE=1 "$vssim" run "$tmp/bad.yaml"
out_has "$esc" "an empty NO_COLOR does not count"
run env NO_COLOR=1 "$vssim" run --color=always "$tmp/bad.yaml"
out_has "$esc" "--color=always wins over NO_COLOR"
run "$vssim" run --color=sometimes "$tmp/bad.yaml"
code_is 2 "--color=sometimes"
finish
