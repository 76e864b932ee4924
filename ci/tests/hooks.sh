#!/bin/sh
# hooks.sh - what ci/hooks let through, in a copy of the tree with its own git.
. "$(dirname "$0")/lib.sh"

copy=$tmp/copy
mkdir "$copy"
git ls-files -co --exclude-standard | grep -v '^scenarios/' |
    tar -cf - -T - 2>/dev/null | tar -xf - -C "$copy"
cd "$copy" || exit
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
git init -q .
git config user.name nobody
git config user.email nobody@example.org
git add -A
git commit -q -m "all: as it is"
git config core.hooksPath ci/hooks

new="ci/benchmarks/a new.c"
printf '/* a new.c */\nint   a;\n' >"$new"
git add "$new"
printf '/* a new.c */\nint a;\n' >"$new"
run git commit -m "ci: what is staged"
code_is 1 "what is staged counts, not what lies in the tree"
err_has "$new:1: format" "... and it is named, blanks and all"
git reset -q
echo >>README.md # and the new file lies beside it
run git commit -m "docs: one file" README.md
code_is 0 "what is not to be committed does not count"

# message CODE WHAT TEXT
message() {
    printf '%b' "$3" >"$tmp/message"
    run ci/hooks/commit-msg "$tmp/message"
    code_is "$1" "$2"
}
message 0 "area: what" 'area: what\n\nwhy\n'
message 0 "lines that git takes away" '\n# so\narea: what \n \nwhy\n'
message 0 "a commit to be squashed" 'squash! area: what\n'
message 1 "no area" 'what\n'
message 1 "a full stop, and a blank behind it" 'area: what. \n'
message 1 "no blank line" 'area: what\nwhy\n'
message 1 "too long" "area: $(printf '%067d' 0)"
message 0 "just as long as it may be" "area: $(printf '%066d' 0)"
message 1 "nothing" '# area: what\n'
finish
