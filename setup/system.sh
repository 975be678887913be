# What Debian and Ubuntu provide: asked for only when dpkg says that it is not there.

missing_packages() {
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' ||
            printf ' %s' "$package"
    done
}

# need_packages NAME...: install those that are missing, or say what to type.
need_packages() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    line="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" -eq 0 ]; then
        root=""
    elif command -v sudo >/dev/null; then
        root=sudo
    else
        fail "This needs root. As root, type: apt-get update && $line"
    fi
    say "Installing$missing"
    apt="$root env DEBIAN_FRONTEND=noninteractive apt-get"
    # The lists may be absent or older than the mirror: one refresh sets that right.
    $apt install -q -y --no-install-recommends $missing || {
        $apt update -q
        $apt install -q -y --no-install-recommends $missing
    } || fail "apt could not install$missing. As root, type: apt-get update && $line"
}
