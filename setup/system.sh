# What Debian and Ubuntu provide: asked for only when dpkg says that it is not there.

# What sets the papers; setup/fonts.sh says why each is needed.
paper_packages="fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-lxgw-wenkai"

missing_packages() {
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' ||
            printf ' %s' "$package"
    done
}

# Images of containers come without apt's lists of packages.
have_lists() {
    ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1
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
    have_lists || $apt update -qq
    # The lists may be older than the mirror: one refresh sets that right.
    $apt install -qq -y --no-install-recommends $missing || {
        $apt update -qq
        $apt install -qq -y --no-install-recommends $missing
    } || fail "apt could not install$missing. As root, type: apt-get update && $line"
}
