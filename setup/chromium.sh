# A Chromium for the browser tests: one that was named, Debian's, or the one inside an npm package.
#
# Debian's is the one without windows: with all that a desktop needs, tests took a sixth longer.
# Ubuntu's package is a stub for a snap, which runs neither in a container nor without snapd.

is_ubuntu() {
    grep -q '^ID=ubuntu$' /etc/os-release
}

# The one inside the npm package brings everything along but these two libraries.
chromium_packages() {
    if [ -n "${CHROMIUM_PATH:-}" ]; then
        return
    elif is_ubuntu; then
        echo libnss3 libexpat1
    else
        echo chromium-headless-shell
    fi
}

prepare_chromium() {
    if [ -n "${CHROMIUM_PATH:-}" ]; then
        return
    elif is_ubuntu; then
        CHROMIUM_PATH=$(chromium_of_npm)
    else
        CHROMIUM_PATH=/usr/bin/chromium-headless-shell
    fi
    export CHROMIUM_PATH
}

chromium_of_npm() {
    if ! [ -d setup/chromium/node_modules ] || ! fresh chromium setup/chromium/package-lock.json; then
        say "Installing Chromium from npm" >&2
        npm ci --prefix setup/chromium --loglevel=error >&2
        finished chromium setup/chromium/package-lock.json
    fi
    node setup/chromium/unpack.mjs
}
