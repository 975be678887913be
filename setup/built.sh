# What is made from sources and not kept in git: the browser's files and the words.

prepare_node_packages() {
    [ -d node_modules ] && fresh node package.json package-lock.json && return
    say "Installing the Node packages of package-lock.json"
    npm ci --ignore-scripts --loglevel=error
    finished node package.json package-lock.json
}

build_bundle() {
    sources=$(find static/src static/css static/icons static/*.mjs -type f | sort)
    [ -f static/dist/manifest.json ] && fresh bundle $sources package-lock.json && return
    say "Bundling scripts, styles and icons"
    node static/build.mjs
    finished bundle $sources package-lock.json
}

build_catalogue() {
    sources=$(find firesafe/translations -name '*.po' | sort)
    [ -f firesafe/translations/zh/LC_MESSAGES/messages.mo ] && fresh catalogue $sources && return
    say "Compiling the words"
    python -m firesafe.web.catalogue
    finished catalogue $sources
}
