#!/bin/sh
# Bring what some tests look through: a browser, qpdf, poppler, PostgreSQL, nginx, CUPS. Where this command may not
# install them, say so; those tests are then skipped with the same reason.
set -eu

missing=""
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || has chromium-browser || has google-chrome || has google-chrome-stable \
    || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] || missing="$missing chromium"
has qpdf || missing="$missing qpdf"
has pdftoppm || missing="$missing poppler-utils"
# Debian keeps initdb out of the way, but not what starts its clusters.
has initdb || has pg_ctlcluster || missing="$missing postgresql"
has nginx || missing="$missing nginx"
# A print server and a printer; Debian keeps them where only root looks for programs.
has cupsd || [ -x /usr/sbin/cupsd ] || missing="$missing cups cups-client"
has ippeveprinter || [ -x /usr/sbin/ippeveprinter ] || missing="$missing cups-ipp-utils"
has dbus-daemon || missing="$missing dbus"
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
