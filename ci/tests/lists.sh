#!/bin/sh
# lists.sh - tables of vssim list fit a terminal, their signs are explained,
# and vssim explain knows every name that it or a list prints.
. "$(dirname "$0")/lib.sh"
if /usr/bin/python3 ci/tests/lists.py "$vssim"; then :; else bad=1; fi

run "$vssim" explain access=denied
out_has "access (policy, decision U32)" "a policy with a value is explained"
run "$vssim" explain access=perhaps
code_is 2 "... but not with one that it does not have"
run "$vssim" explain IVssAsync
out_has "5 QueryStatus" "an interface names its methods"
run "$vssim" explain VSS_WRITER_STATE
out_has "13 VSS_WS_FAILED_AT_PRE_RESTORE" "an enumeration names its values"
out_has "IVssBackupComponents::GetWriterStatus" "... and who takes it"
run "$vssim" explain VSS_ID
out_has "(type)" "a type is explained"
run "$vssim" explain sql-server
out_has "SqlServerWriter" "a profile is explained"
run "$vssim" explain argument-first
out_has "check-order" "a choice names its policies"
finish
