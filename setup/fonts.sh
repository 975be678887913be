#!/bin/sh
# Install what the printed papers need: typefaces and the libraries that set them.
#
#   Fandol (FandolFang, FandolHei, FandolKai, FandolSong)
#       The only open FangSong with all of GB 2312. Licence: GPL 2 with the font
#       exception, so the papers that embed it are free of it. It is taken out of
#       Debian's TeX package without installing TeX. It is never put into this
#       repository or into the wheel.
#   LXGW WenKai
#       SIL Open Font License 1.1. Stands in for the characters of names that Fandol
#       lacks.
#   HarfBuzz's subsetting library
#       MIT. Pango does not depend on it, and without it each paper takes several
#       times as long (some seconds instead of a quarter of one).
#
# Works on Debian 12 and 13 and Ubuntu 24.04. A second run finds everything and does
# nothing. Without root, what apt would install must already be there.
set -eu

packages="fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-lxgw-wenkai"
faces="FandolFang-Regular FandolHei-Regular FandolHei-Bold FandolKai-Regular FandolSong-Regular FandolSong-Bold"

if [ "$(id -u)" -eq 0 ]; then
    folder=/usr/local/share/fonts/firesafe
else
    folder=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/firesafe
fi

missing_packages() {
    for package in $packages; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || printf '%s ' "$package"
    done
}

missing_faces() {
    for face in $faces; do
        [ -s "$folder/$face.otf" ] || printf '%s ' "$face"
    done
}

refresh_lists() {
    [ "$(id -u)" -eq 0 ] && apt-get update -q
}

install_packages() {
    if [ "$(id -u)" -ne 0 ]; then
        echo "The papers need these packages. Type: sudo apt-get install -y --no-install-recommends $1" >&2
        exit 1
    fi
    install="env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends"
    # The lists may be absent or older than the mirror: then one refresh sets it right.
    $install $1 || { refresh_lists && $install $1; }
}

# The package is downloaded by whoever runs this; apt's own user may not write here,
# which it says as a warning and then does without its sandbox.
install_faces() {
    workplace=$(mktemp -d)
    trap 'rm -rf "$workplace"' EXIT
    cd "$workplace"
    apt-get download -q texlive-lang-chinese || { refresh_lists && apt-get download -q texlive-lang-chinese; }
    dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb |
        tar -x --wildcards '*/fonts/opentype/public/fandol/Fandol[FHKS]*.otf'
    find . -name 'Fandol*.otf' -exec install -D -m 644 -t "$folder" {} +
    cd /
    fc-cache -f "$folder"
}

packages_wanted=$(missing_packages)
if [ -n "$packages_wanted" ]; then
    echo "Installing $packages_wanted"
    install_packages "$packages_wanted"
fi

if [ -n "$(missing_faces)" ]; then
    echo "Installing the Fandol typefaces into $folder"
    install_faces
fi

still_missing=$(missing_faces)
if [ -n "$still_missing" ]; then
    echo "These typefaces were not found in texlive-lang-chinese: $still_missing" >&2
    exit 1
fi
