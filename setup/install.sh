#!/bin/sh
# Usage: setup/install.sh requirements.txt [requirements-test.txt]
# Make .venv where there is none that runs, with a Python that the pinned packages know (PYTHON=… chooses one), and
# install the files' packages unless they are in it already.
set -eu
cd "$(dirname "$0")/.."

# A Python that runs, is new enough, and can make a virtual environment; from 3.15 on, wheels may be missing.
fits() {
    "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, $2))" 2>/dev/null </dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" 99 && echo "$PYTHON" && return
        return 1
    fi
    for newest in 15 99; do
        for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
            fits "$name" "$newest" && echo "$name" && return
        done
    done
    return 1
}

make_venv() {
    if ! python=$(find_python); then
        echo "Articket needs Python 3.11 or newer, and there is none here${PYTHON:+ called $PYTHON}." >&2
        echo "Install one (python.org, your package manager, or pyenv), or name it: make PYTHON=/path/to/python3.12 serve" >&2
        exit 1
    fi

    if ! "$python" -c "import ensurepip, venv" 2>/dev/null; then
        # Debian and Ubuntu keep this part of Python in a package of its own.
        package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq </dev/null
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" </dev/null
        else
            echo "This Python cannot make a virtual environment yet: sudo apt install $package, then try again." >&2
            exit 1
        fi
    fi

    "$python" -m venv --clear .venv
}

# A file's stamp holds its checksum, so that a checkout that only touches the file installs nothing.
is_installed() {
    [ "$(cat ".venv/.stamp-$1" 2>/dev/null)" = "$(cksum <"$1")" ]
}

# An upgrade of the machine's Python leaves a broken link here, and an interrupted start no pip.
.venv/bin/python -c "import pip" 2>/dev/null || make_venv

wanted="" missing=""
for file in "$@"; do
    wanted="$wanted -r $file"
    is_installed "$file" || missing="$missing $file"
done
[ -n "$missing" ] || exit 0

echo "Installing$missing into .venv (once, a minute or more)"
# shellcheck disable=SC2086 - one word a file
.venv/bin/python -m pip install --quiet --disable-pip-version-check $wanted
for file in "$@"; do
    cksum <"$file" >".venv/.stamp-$file"
done
