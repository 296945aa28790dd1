# Sourced by run and test: makes .venv once for each set of pinned requirements, and sets $python.
# Says nothing when there is nothing to do.

prepare() {  # prepare CHECKOUT run|test
    root=$1 wanted=$2
    lock="$root/requirements/$wanted.txt"
    if [ -x "$root/.venv/Scripts/python.exe" ]; then python="$root/.venv/Scripts/python.exe"; else python="$root/.venv/bin/python"; fi
    # The test requirements hold those of run, so an environment made for tests serves both.
    for done in "$wanted" test; do
        if [ -x "$python" ] && cmp -s "$root/requirements/$done.txt" "$root/.venv/$done.installed"; then return 0; fi
    done
    system=$(find_python)
    echo "Preparing the environment in .venv (once, about a minute)…" >&2
    if [ ! -x "$python" ]; then
        if ! "$system" -m venv "$root/.venv" >&2; then
            rm -rf "$root/.venv"
            echo "error: this Python cannot make an environment: its venv module is missing" >&2
            echo "hint: on Debian or Ubuntu: apt install python3-venv; elsewhere install Python from python.org" >&2
            exit 1
        fi
        if [ -x "$root/.venv/Scripts/python.exe" ]; then python="$root/.venv/Scripts/python.exe"; fi
    fi
    if ! "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" >&2; then
        echo "error: the requirements could not be installed" >&2
        echo "hint: the package index must be reachable for this one step; then run the same command again" >&2
        exit 1
    fi
    cp "$lock" "$root/.venv/$wanted.installed"
}

find_python() {
    for name in python3 python python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$name"; return 0; fi
    done
    echo "error: Python 3.11 or newer is needed, and none was found" >&2
    echo "hint: install it from your system's packages or from python.org" >&2
    exit 1
}
