# shellcheck shell=sh
# doors.sh - shared by the scripts in ci/: where we are, who we are.
set -eu
root=$(dirname "$0")
while [ ! -e "$root/build.ninja" ]; do root=$root/..; done
cd "$root"
export LC_ALL=C.UTF-8

say() { printf '== %s\n' "$*"; }

# apt-get needs root; without it, sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
