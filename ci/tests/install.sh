#!/bin/sh
# install.sh - what is installed works from where it lies.
. "$(dirname "$0")/lib.sh"

run env PREFIX=/opt/vssim DESTDIR="$tmp/root" ci/install
code_is 0 "install"
prefix=$tmp/root/opt/vssim
run "$prefix/bin/vssim" --version
code_is 0 "the installed program runs"
is "the man pages are there" \
    test -s "$prefix/share/man/man5/vssim-scenario.5"
is "... of commands, too" test -s "$prefix/share/man/man1/vssim-exec.1"
for file in bash-completion/completions/vssim zsh/site-functions/_vssim \
    fish/vendor_completions.d/vssim.fish; do
    is "completion is there: $file" test -s "$prefix/share/$file"
done
for file in vssapi.dll vssim.exe; do
    is "$file is there as it was built" \
        cmp "build/win64/$file" "$prefix/lib/vssim/$file"
done
printf 'vssim: 1\nscenario: a machine\n' >"$tmp/exec.yaml"
run env -C / "$prefix/bin/vssim" exec "$tmp/exec.yaml" -- \
    "$PWD/build/programs/probe"
out_has "PreRestore ended with" "it runs a program on the installed library"
is "... which is its own" test -s "$prefix/lib/vssim/libvssapi.so"
run env XDG_CACHE_HOME="$tmp/cache" VSSIM_WINE=/bin/false \
    "$prefix/bin/vssim" exec "$tmp/exec.yaml" -- build/win64/vssim.exe
code_is 99 "a Wine that does not work is told"
err_has "$tmp/cache/vssim/wine" "... its prefix is in the user's cache"
is "... and not where vssim was installed" test ! -e "$prefix/bin/wine"
if grep -rq "$tmp" "$prefix"; then
    not_ok "DESTDIR shows nowhere"
else
    ok "DESTDIR shows nowhere"
fi

export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
export PKG_CONFIG_SYSROOT_DIR="$tmp/root"
flags=$(pkg-config --cflags vssim)
# shellcheck disable=SC2086
run cc -std=c11 -Wall -Werror -shared -fPIC $flags \
    "$prefix/share/doc/vssim/examples/example_overlay.c" \
    -o "$tmp/example_overlay.so"
code_is 0 "the example builds against what is installed"
scenario one <<'END'
vssim: 1
scenario: a plain restore
requester:
  - prepare
  - PreRestore: { wait: true }
  - GatherWriterStatus: { wait: true }
  - finish
END
run sh -c "cd / && '$prefix/bin/vssim' run \
    --subject '$tmp/example_overlay.so' '$tmp/one.yaml'"
code_is 0 "and plays, from any folder"
# Programs that include all there is and nothing else of ours.
headers() {
    (cd "$prefix/include" && find vssim -name '*.h' -not -path '*/win32/*' |
        sort | sed 's/.*/#include <&>/')
    (cd "$prefix/include/vssim/win32" && printf '#include <%s>\n' *.h)
}
{
    headers
    echo 'int main(void) { return VSSIM_ABI_VERSION < 1; }'
} >"$tmp/requester.c"
grep -v overlay.h "$tmp/requester.c" >"$tmp/requester.cpp"
# shellcheck disable=SC2086
run cc -std=c11 -Wall -Werror $flags "$tmp/requester.c" -o "$tmp/in-c"
code_is 0 "a program in C builds against what is installed"
run "$tmp/in-c"
code_is 0 "... and runs"
# shellcheck disable=SC2086
run c++ -std=c++11 -Wall -Werror $flags "$tmp/requester.cpp" -o "$tmp/in-cpp"
code_is 0 "a program in C++, too"
run "$tmp/in-cpp"
code_is 0 "... and runs"
# shellcheck disable=SC2086
run c++ -std=c++11 $flags -c "$tmp/requester.c" -o "$tmp/none.o"
err_has "overlay.h is for C" "what is for C only says so"
is "no header climbs out of its folder" sh -c \
    "! grep -rn '#include.*\.\./' '$prefix/include'"
finish
