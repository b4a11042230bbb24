#!/usr/bin/env bash
# Makes this checkout ready to run: system packages, .venv, the locked dependencies, the project itself.
# Run again, it finds its stamp and ends within a second. Exit 1 with one sentence when something is in the way.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
root="$(cd "$here/../.." && pwd -P)"
packages_file="${1:-$here/packages.txt}"
venv="$root/.venv"
stamp="$venv/.ready"           # holds the fingerprint of what was installed
unfinished="$venv/.unfinished" # stands while .venv is being filled: left over, it means a cut-off run
oldest_python="3.11"

say() { printf 'set-up: %s\n' "$*"; }

fail() {
    printf 'set-up: %s\n' "$*" >&2
    exit 1
}

check_python() {
    command -v python3 >/dev/null || fail "python3 ($oldest_python or newer) is not installed."
    python3 -c 'import sys; sys.exit(sys.version_info < tuple(map(int, sys.argv[1].split("."))))' "$oldest_python" ||
        fail "Shanmen needs Python $oldest_python or newer; python3 here is $(python3 -V | cut -d' ' -f2)."
}

can_make_venv() { python3 -c 'import ensurepip, venv' 2>/dev/null; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
    local name
    while read -r name; do
        case "$name" in
            '' | '#'*) continue ;;
            python3-venv) can_make_venv || echo "$name" ;;
            *) is_installed "$name" || echo "$name" ;;
        esac
    done <"$packages_file"
}

# Prints how to become root: nothing for root itself. Fails when this user may not.
root_prefix() {
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    elif ! command -v sudo >/dev/null; then
        return 1
    elif sudo -n true 2>/dev/null; then
        echo "sudo -n"
    elif [ -t 0 ] && [ -z "${CI:-}" ]; then
        echo "sudo"
    else
        return 1
    fi
}

apt_install() { # prefix words..., then --, then package names
    local prefix=()
    while [ "$1" != -- ]; do
        prefix+=("$1")
        shift
    done
    shift
    local apt=("${prefix[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300
        -o Dpkg::Use-Pty=0)
    if ! "${apt[@]}" install --simulate --no-install-recommends "$@" >/dev/null 2>&1; then
        "${apt[@]}" update
    elif "${apt[@]}" install --no-install-recommends "$@"; then
        return 0
    else
        "${apt[@]}" update # the lists may name files that the mirror no longer has
    fi
    "${apt[@]}" install --no-install-recommends "$@"
}

install_system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "no Debian packages on this system; see ${packages_file#"$root"/} for what Qt and the fonts need."
        return 0
    fi
    local missing prefix
    missing="$(missing_packages | tr '\n' ' ')"
    [ -n "${missing// /}" ] || return 0
    prefix="$(root_prefix)" || fail "system packages are missing and this user may not install them; please run as root:
    apt-get update && apt-get install --no-install-recommends -y ${missing% }"
    say "installing system packages: $missing"
    # shellcheck disable=SC2086  # both are lists of words
    apt_install $prefix -- $missing || fail "apt-get could not install: ${missing% }"
}

# What the installed environment depends on; another fingerprint means it is to be brought up to date.
fingerprint() {
    { python3 -V && echo "$root" && cat "$root/requirements.lock" "$root/pyproject.toml"; } | sha256sum | cut -d' ' -f1
}

# Finished, with a Python that still exists, and made at this very place (its scripts name their interpreter).
is_whole() {
    [ ! -e "$unfinished" ] && grep -qsF "$venv/bin/python" "$venv/bin/pip" &&
        "$venv/bin/python" -c 'import pip' >/dev/null 2>&1
}

make_venv() {
    is_whole && return 0
    can_make_venv || fail "this python3 ($(command -v python3)) cannot make a virtual environment: it has no ensurepip."
    [ ! -e "$venv" ] || say "the .venv here is unfinished or from elsewhere; making it anew"
    rm -rf "$venv"
    mkdir "$venv"
    touch "$unfinished"
    python3 -m venv "$venv"
}

install_python_packages() {
    local pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input -q install)
    say "installing the locked dependencies (a few minutes the first time)"
    touch "$unfinished"
    "${pip[@]}" --require-hashes -r "$root/requirements.lock" || fail "pip could not install requirements.lock."
    "${pip[@]}" --no-deps --no-build-isolation --editable "$root" || fail "pip could not install the project itself."
    fingerprint >"$stamp"
    rm "$unfinished"
}

main() {
    exec 9<"${BASH_SOURCE[0]}"
    flock 9 # `make demo` beside `make test`: the second waits for the first
    check_python
    install_system_packages
    if is_whole && [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ]; then
        return 0
    fi
    make_venv
    install_python_packages
    say "ready"
}

main
