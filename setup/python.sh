# The Python side: uv in an environment of its own, and everything else as locked.
#
# uv cannot live in .venv: `uv pip sync` removes whatever the lock does not name. `uv sync`
# and `uv run` are never called, because they know nothing of setup.cfg and would empty .venv.

export UV_PYTHON_DOWNLOADS=never
uv=.venv-uv/bin/uv

# Print a Python of at least 3.11 that can make environments, the system's own by preference.
find_python() {
    for candidate in /usr/bin/python3 python3; do
        if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

python_packages() {
    find_python >/dev/null || echo python3 python3-venv
}

prepare_uv() {
    fresh uv requirements-uv.lock && "$uv" --version >/dev/null 2>&1 && return
    say "Installing uv"
    python=$(find_python) || fail "Python 3.11 or newer is needed; this system has an older one."
    "$python" -m venv --clear .venv-uv
    .venv-uv/bin/python -m pip install -q --require-hashes -r requirements-uv.lock
    finished uv requirements-uv.lock
}

# uv reads none of pip's settings; a mirror that was set for pip is meant for it as well.
follow_pips_mirror() {
    [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] || return 0
    mirror=${PIP_INDEX_URL:-$(.venv-uv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
    [ -z "$mirror" ] || export UV_DEFAULT_INDEX="$mirror"
}

# prepare_python LOCK: what the tests need holds all that serving needs, and is left as it is.
prepare_python() {
    prepare_uv
    if .venv/bin/python -c '' 2>/dev/null; then
        for held in "$1" requirements-test.lock; do
            fresh python "$held" setup.cfg pyproject.toml && return
        done
    fi
    say "Installing the Python packages of $1"
    follow_pips_mirror
    .venv/bin/python -c '' 2>/dev/null || "$uv" venv -q --clear --python "$(find_python)" .venv
    "$uv" pip sync -q --python .venv/bin/python --require-hashes "$1"
    "$uv" pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
    finished python "$1" setup.cfg pyproject.toml
}
