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
here=$(dirname "$0")
. "$here/steps.sh"
. "$here/system.sh"

faces="FandolFang-Regular FandolHei-Regular FandolHei-Bold FandolKai-Regular FandolSong-Regular FandolSong-Bold"

everyones=/usr/local/share/fonts/firesafe
folder=$everyones
[ "$(id -u)" -eq 0 ] || folder=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/firesafe

missing_faces() {
    for face in $faces; do
        [ -s "$everyones/$face.otf" ] || [ -s "$folder/$face.otf" ] || printf '%s ' "$face"
    done
}

# The package is downloaded by whoever runs this; apt's own user may not write here,
# which it says as a warning and then does without its sandbox.
install_faces() {
    workplace=$(mktemp -d)
    trap 'rm -rf "$workplace"' EXIT
    cd "$workplace"
    apt-get download -q texlive-lang-chinese || {
        apt-get update -q
        apt-get download -q texlive-lang-chinese
    }
    dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb |
        tar -x --wildcards '*/fonts/opentype/public/fandol/Fandol[FHKS]*.otf'
    find . -name 'Fandol*.otf' -exec install -D -m 644 -t "$folder" {} +
    cd /
    fc-cache -f "$folder"
}

need_packages $paper_packages

if [ -n "$(missing_faces)" ]; then
    say "Installing the Fandol typefaces into $folder"
    install_faces
fi

still_missing=$(missing_faces)
[ -z "$still_missing" ] ||
    fail "These typefaces were not found in texlive-lang-chinese: $still_missing"
