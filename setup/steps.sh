# Words shared by the set-up scripts: saying what is done, and not doing it twice.

say() {
    printf '== %s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# One line that changes with the content or the name of any of the files.
fingerprint() {
    sha256sum "$@" | sha256sum | cut -d ' ' -f 1
}

# fresh STEP FILE...: STEP was finished with exactly these files.
fresh() {
    stamp=.run/$1
    shift
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

# finished STEP FILE...: remember it for the next start.
finished() {
    mkdir -p .run
    stamp=.run/$1
    shift
    fingerprint "$@" >"$stamp"
}

# Where Python may write no bytecode, it compiles the service and all below it anew at each start:
# four seconds of seven, and the tests make hundreds of them.
write_bytecode() {
    unset PYTHONDONTWRITEBYTECODE
}
