# nginx and Caddy for the tests of setup/front: taken out of their packages without installing
# them, because an installed one would begin to serve on port 80 of whoever runs the tests.

prepare_front() {
    NGINX_PATH=${NGINX_PATH:-$(program nginx usr/sbin/nginx)}
    CADDY_PATH=${CADDY_PATH:-$(program caddy usr/bin/caddy)}
    export NGINX_PATH CADDY_PATH
}

# program PACKAGE PATH: print where the program lies, installed or unpacked.
program() {
    if [ -x "/$2" ]; then
        echo "/$2"
        return
    fi
    unpacked=$PWD/.run/front/$1
    [ -x "$unpacked/$2" ] || unpack "$1" "$unpacked" >&2
    echo "$unpacked/$2"
}

# unpack PACKAGE FOLDER: by whoever runs this; apt says as a warning that its own user may not
# write there, and then does without its sandbox.
unpack() {
    say "Unpacking $1"
    mkdir -p "$2"
    (
        cd "$2"
        rm -f "$1"_*.deb
        apt-get download -q "$1" || {
            apt-get update -q
            apt-get download -q "$1"
        }
        dpkg-deb -x "$1"_*.deb .
        rm "$1"_*.deb
    ) || fail "apt-get download $1 did not work."
}
