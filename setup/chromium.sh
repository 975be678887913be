# A Chromium for the browser tests: one that was named, Debian's, or the one inside an npm package.
#
# Ubuntu's package is a stub for a snap, which cannot run in a container or without snapd.

is_ubuntu() {
    grep -q '^ID=ubuntu$' /etc/os-release
}

prepare_chromium() {
    [ -z "${CHROMIUM_PATH:-}" ] || return 0
    if is_ubuntu; then
        [ -d setup/chromium/node_modules ] && fresh chromium setup/chromium/package-lock.json || {
            say "Installing Chromium from npm"
            npm ci --prefix setup/chromium --ignore-scripts --no-audit --no-fund --loglevel=error
            finished chromium setup/chromium/package-lock.json
        }
        CHROMIUM_PATH=$(node setup/chromium/unpack.mjs)
    else
        need_packages chromium
        CHROMIUM_PATH=/usr/bin/chromium
    fi
    export CHROMIUM_PATH
}
