#!/bin/sh
# layers.sh - ci/check/layers notices each kind of violation on a copy of the
# whole tree; ninja notices files that come and go.
. "$(dirname "$0")/lib.sh"

# The tree as it lies here, and the objects that were built of it.
copy=$tmp/copy
mkdir -p "$copy/build"
git ls-files -co --exclude-standard | grep -v '^scenarios/' |
    tar -cf - -T - 2>/dev/null | tar -xf - -C "$copy"
for room in $(sed -n 's,^build \$b/\(.*\)/[^/]*\.o:.*,\1,p' \
    ci/build/lists_posix.ninja ci/build/lists_tests.ninja | sort -u) rooms; do
    mkdir -p "$copy/build/$room"
    cp -r "build/$room/." "$copy/build/$room"
done

look() { # What is found, without the rooms before it.
    run ci/check/layers "$copy"
    grep -v '^ \|^[a-z/.]*  ' "$tmp/out" >"$tmp/found" || true
    mv "$tmp/found" "$tmp/out"
}
look
code_is 0 "the copy is clean"

# planted WHAT FILE TEXT MESSAGE: one line more in a file of the copy.
planted() {
    cp "$copy/$2" "$tmp/kept"
    printf '%s\n' "$3" >>"$copy/$2"
    look
    code_is 1 "$1"
    out_has "$4" "$1: it is named"
    cp "$tmp/kept" "$copy/$2"
}
planted "an include against the arrows" sim/vss/state.c \
    '#include "play/player.h"' "sim/vss/state.c:"
planted "an arrow that is not needed" sim/vss/README.md \
    '- Tests may touch: import' "touches nothing of import"
planted "a circle that is none" sim/base/README.md \
    '- Circle: clock.c heap.c: no reason' "the circle of clock.c, heap.c is none"

# Symbols: objects that need each other, and one that needs a room above.
symbol() { # WHAT OBJECT SOURCE MESSAGE
    cp "$copy/build/$2" "$tmp/kept"
    echo "$3" | cc -x c -c - -o "$tmp/more.o"
    ld -r "$tmp/kept" "$tmp/more.o" -o "$copy/build/$2"
    look
    code_is 1 "$1"
    out_has "$4" "$1: it is named"
    cp "$tmp/kept" "$copy/build/$2"
}
symbol "a symbol of a room above" vss/state.o \
    'extern int play_end(void); int more(void) { return play_end(); }' \
    "build/vss/state.o: needs play_end"
symbol "a circle inside a room" base/heap.o \
    'extern int clock_step(void); int more(void) { return clock_step(); }' \
    "sim/base: clock.c, heap.c need each other in a circle"

# ninja: a new source is built and an old one forgotten without an edit.
lists=ci/build/lists_posix.ninja
cd "$copy" || exit
printf '/* visitor.c - comes and goes. */\nint visitor;\n' >sim/base/visitor.c
run ninja build/rooms/base.a
code_is 0 "ninja builds with a new source"
is "it is in the list" grep -q 'sim/base/visitor.c' $lists
is "it is in the library" sh -c \
    "nm build/rooms/base.a 2>/dev/null | grep -q visitor"
rm sim/base/visitor.c
run ninja build/rooms/base.a
code_is 0 "ninja builds without it"
is "it is in no list" sh -c "! grep -q visitor.c $lists"
is "it is in no library" sh -c \
    "! nm build/rooms/base.a 2>/dev/null | grep -q visitor"

# Lists that ninja cannot read would stay: nothing would make them anew.
for name in clock_posix.c 'a visitor.c'; do
    cp sim/base/clock.c "sim/base/$name"
    run ninja build/rooms/base.a
    code_is 1 "ninja refuses sim/base/$name"
    out_has "ci/build/lists.py: sim/base/" "... and says why"
    rm "sim/base/$name"
    run ninja build/rooms/base.a
    code_is 0 "... and goes on without it"
done
# What a room says can change in place.
printf '%s\n' '- May touch: cli' >>sim/base/README.md
run ninja build/rooms/base.a
code_is 1 "ninja reads anew what a room says"
out_has "a circle of rooms" "... and tells of a circle"
finish
