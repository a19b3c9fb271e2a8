#!/bin/sh
# Installs what Chatière needs, and only what is missing: system packages (by apt, when allowed), then the Python
# packages of the lock file in .venv. Run again, it only looks.
#
#   bin/install.sh              what ./run needs
#   bin/install.sh --dev        what ./test needs too
#   bin/install.sh --browser    as --dev, and a browser for the tests of the journey (not finding one is no failure)
#   bin/install.sh --services   as --browser, and the programs of PostgreSQL and Redis
#
# Exit status: 0 ready, 2 no suitable Python, 3 system packages missing and no right to install them.
set -eu
cd "$(dirname "$0")/.."

lock=requirements.txt
level=runtime
browser=no
services=no
case "${1:-}" in
    "") ;;
    --dev) level=dev ;;
    --browser) level=dev browser=yes ;;
    --services) level=dev browser=yes services=yes ;;
    *) echo "usage: bin/install.sh [--dev | --browser | --services]" >&2; exit 64 ;;
esac
[ "$level" = runtime ] || lock=requirements-dev.txt

say() { printf '%s\n' "$@" >&2; }

# Two installations at once would write the same files: the second waits (where flock exists).
if command -v flock >/dev/null; then
    exec 9<requirements.txt
    flock 9
fi

# System packages ----------------------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >"$apt_log" 2>&1
}

# Package lists are often absent or old on a fresh machine: they are fetched when the first try fails.
install_packages() {
    say "Installation des paquets du système : $*"
    apt_log=$(mktemp)
    status=0
    apt_install "$@" || { as_root apt-get update -qq >&2 && apt_install "$@"; } || status=$?
    [ "$status" = 0 ] || cat "$apt_log" >&2
    rm -f "$apt_log"
    return "$status"
}

# Python -------------------------------------------------------------------------------------------------------

# Prints the first Python from 3.11 on, preferring one that can make a virtual environment.
find_python() {
    for modules in venv,ensurepip,ctypes,sqlite3 sys; do
        for name in python3 python3.14 python3.13 python3.12 python3.11; do
            command -v "$name" >/dev/null || continue
            "$name" -c "import sys, $modules; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || continue
            command -v "$name"
            return
        done
    done
}

can_make_venv() { "$1" -c 'import ctypes, ensurepip, sqlite3, venv' 2>/dev/null; }

# Prints the Debian packages whose library cannot be opened. WeasyPrint opens them at run time; no wheel has them.
missing_libraries() {
    "$1" - <<'PYTHON'
import ctypes

PACKAGES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
for library, package in PACKAGES.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

has_library() { "$1" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$2" 2>/dev/null; }

# Prints everything that ./run cannot do without and that the system does not have.
missing_packages() {
    if ! can_make_venv "$1"; then
        "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    fi
    if "$1" -c 'import ctypes' 2>/dev/null; then
        missing_libraries "$1"
    else
        echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fi
}

python=$(find_python)
if [ -z "$python" ] && may_install; then
    install_packages python3 python3-venv || true
    python=$(find_python)
fi
if [ -z "$python" ]; then
    say "Chatière a besoin de Python 3.11 ou plus récent (Debian 12, Ubuntu 24.04 ou plus récents)." \
        "Sous Debian ou Ubuntu :" "" "    sudo apt-get install python3 python3-venv" ""
    exit 2
fi

missing=$(missing_packages "$python" | tr '\n' ' ')
if [ -n "$missing" ]; then
    if may_install; then
        # shellcheck disable=SC2086 # several packages
        install_packages $missing || true
        missing=$(missing_packages "$python" | tr '\n' ' ')
    fi
    if [ -n "$missing" ]; then
        say "" "Il manque des paquets du système, que seul l’administrateur de la machine peut installer :" "" \
            "    sudo apt-get install --no-install-recommends $missing" "" \
            "(Fedora : sudo dnf install pango ; Arch : sudo pacman -S pango.) Relancez ensuite la même commande."
        exit 3
    fi
fi

# Python packages: exact versions, wheels only, every file checked by its SHA-256 ---------------------------------

locks=$(cat requirements.txt requirements-dev.txt | sha256sum | cut -c 1-64)
stamp=.venv/.installed # "level locks folder"
installed=$(cat "$stamp" 2>/dev/null || true)

# A virtual environment follows neither its folder nor the Python it was made with when they move.
if [ -e .venv ]; then
    made_in=$(echo "$installed" | cut -d ' ' -f 3-)
    if [ "${made_in:-$PWD}" != "$PWD" ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        say "L’environnement Python n’est plus utilisable (dossier déplacé ou Python changé) : il est refait."
        rm -rf .venv
        installed=
    fi
fi
[ -e .venv ] || "$python" -m venv .venv

# The development lock holds every package of the other one at the same version (a test says so).
if [ "$installed" != "dev $locks $PWD" ] && [ "$installed" != "$level $locks $PWD" ]; then
    say "Installation des paquets Python ($lock)…"
    rm -f "$stamp"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: -r "$lock"
    echo "$level $locks $PWD" >"$stamp"
fi

# Browser and servers of the full tests -----------------------------------------------------------------------------

wanted=
if [ "$browser" = yes ]; then
    command -v chromium >/dev/null || wanted="$wanted chromium"
    # Playwright's own driver needs it, and no package of a minimal Debian brings it.
    has_library .venv/bin/python libatomic.so.1 || wanted="$wanted libatomic1"
fi
if [ "$services" = yes ]; then
    [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] || wanted="$wanted postgresql"
    command -v redis-server >/dev/null || wanted="$wanted redis-server"
fi
if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086 # several packages
    { may_install && install_packages $wanted; } ||
        say "Ces paquets manquent et n’ont pas pu être installés :" "" "    sudo apt-get install$wanted" ""
fi
