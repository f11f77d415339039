#!/bin/sh
# Bring what some tests look through: a browser, qpdf, poppler. Where this command may not install them, say so;
# those tests are then skipped with the same reason.
set -eu

missing=""
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || has chromium-browser || has google-chrome || has google-chrome-stable \
    || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] || missing="$missing chromium"
has qpdf || missing="$missing qpdf"
has pdftoppm || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing$missing for the tests"
    # shellcheck disable=SC2086 - one word a package
    if apt-get update -qq </dev/null \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >/dev/null; then
        exit 0
    fi
fi
echo "Not here:$missing. The tests that need them are skipped; to run them too, install them with your package manager."
