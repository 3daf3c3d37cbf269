# SPDX-License-Identifier: Apache-2.0
#
# What the findings share: a temporary folder, packages of Debian unpacked in it at exact versions, a C program built with
# them. Sourced, not run.
set -eu
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export top="$work/root"

# packages NAME=VERSION…: downloaded and unpacked, nothing installed
packages() {
    mkdir -p "$top"
    (cd "$work" && apt-get download -qq "$@" >/dev/null 2>&1)
    for file in "$work"/*.deb; do dpkg -x "$file" "$top"; done
    multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
    export LD_LIBRARY_PATH="$top/usr/lib/$multiarch:$top/lib/$multiarch"
}

# build NAME LIBRARY…: the C text on standard input
build() {
    name=$1
    shift
    cat >"$work/$name.c"
    gcc -std=gnu11 -I"$top/usr/include" -o "$work/$name" "$work/$name.c" -L"$top/usr/lib/$multiarch" "$@"
}

# expect WHAT WANTED GOT: ends the finding where they differ
expect() {
    printf '%s: %s\n' "$1" "$3"
    [ "$2" = "$3" ] || {
        printf 'CHANGED: %s: expected %s\n' "$1" "$2" >&2
        exit 1
    }
}
