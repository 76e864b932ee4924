#!/bin/sh
# setup.sh - source entries for apt are made from the machine's own.
. "$(dirname "$0")/lib.sh"
release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
mkdir -p "$tmp/apt/sources.list.d"
export APT_FOLDER="$tmp/apt"

run ci/build/deb-src "$tmp/a.sources" "$tmp/a.list"
code_is 1 "no entry to make one from"

cat >"$tmp/apt/sources.list.d/debian.sources" <<END2
# a comment
Types: deb
# another one
URIs: http://example.org/debian
Suites: $release $release-updates
Components: main contrib
Architectures: amd64
Signed-By:
 a key
 on two lines

Types: deb
URIs: http://example.org/off
Suites: $release
Components: main
Enabled: no

Types: deb
URIs: http://example.org/other
Suites: nodistro
Components: main
END2
cat >"$tmp/apt/sources.list" <<END2
# deb http://example.org/comment $release main
deb [arch=amd64 signed-by=/key] http://example.org/one $release main contrib
deb [arch=amd64] http://example.org/two $release-security main
deb http://example.org/other stable-of-others main
deb http://example.org/debian/ $release main
deb [arch=amd64] http://example.org/two $release-security main
END2
run ci/build/deb-src "$tmp/a.sources" "$tmp/a.list"
code_is 0 "entries of both kinds"
cat >"$tmp/want.sources" <<END2
Types: deb-src
URIs: http://example.org/debian
Suites: $release $release-updates
Components: main
Signed-By: 
 a key
 on two lines
END2
cat >"$tmp/want.list" <<END2
deb-src [ signed-by=/key] http://example.org/one $release main
deb-src http://example.org/two $release-security main
END2
is "deb822 stanzas of this release" cmp "$tmp/want.sources" "$tmp/a.sources"
is "one-line entries of this release" cmp "$tmp/want.list" "$tmp/a.list"
finish
