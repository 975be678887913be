# ./run: everything the service stands on, then the service.

# prepare_service LOCK [PACKAGE...]: all of apt's packages are asked for in one line.
prepare_service() {
    lock=$1
    shift
    need_packages $(python_packages) tzdata $paper_packages "$@"
    sh setup/fonts.sh
    prepare_python "$lock"
    prepare_node_packages
    build_bundle
    build_catalogue
}

# What every start prints lies in the instance folder, which may be moved or put back: it also
# tells that the first start is done, and whether it was one with the demo.
instance=${FIRESAFE_INSTANCE:-instance}
demo=$instance/demo.txt
own=$instance/first-administrator.txt

first_start() {
    [ -f "$instance/settings.toml" ] || firesafe init </dev/null >/dev/null
    say "Making the tables"
    firesafe db upgrade </dev/null
}

# The whole text or none, should this be interrupted.
keep() {
    cat >"$1.part"
    mv "$1.part" "$1"
}

# The demo is loaded beside its place and moved there whole: a first start that is interrupted
# leaves nothing that the next one would take for somebody's own data.
load_demo() {
    rmdir "$instance" 2>/dev/null || true
    if [ -e "$instance" ]; then # somebody has written the settings himself
        first_start
        firesafe demo load
        return
    fi
    rm -rf "$instance.part"
    (
        instance=$instance.part
        FIRESAFE_INSTANCE=$instance
        export FIRESAFE_INSTANCE
        first_start
        say "Loading the demo counties"
        firesafe demo load
    )
    mv "$instance.part" "$instance"
}

start_demo() {
    if [ -f "$own" ]; then
        cat "$own"
        return
    fi
    if ! [ -f "$demo" ]; then
        load_demo
        shown=$(firesafe demo show)
        printf '%s\n' "$shown" | keep "$demo"
    fi
    cat "$demo"
}

start_empty() {
    ! [ -f "$demo" ] ||
        fail "$instance holds the demo counties. Move it away, or set FIRESAFE_INSTANCE to another folder."
    if ! [ -f "$own" ]; then
        first_start
        firesafe accounts first-administrator "$@"
        echo "Started without the demo; the first administrator's account exists." | keep "$own"
    fi
    cat "$own"
}

serve_command() {
    write_bytecode
    start=start_demo
    port=8000
    rest=$#
    # What is not for this script is put back at the end of the line, for first-administrator.
    while [ "$rest" -gt 0 ]; do
        case $1 in
            --empty) start=start_empty ;;
            --port)
                shift
                rest=$((rest - 1))
                [ "$rest" -gt 0 ] || fail "--port needs a number."
                port=$1
                ;;
            *) set -- "$@" "$1" ;;
        esac
        shift
        rest=$((rest - 1))
    done
    [ "$start" = start_empty ] || [ $# -eq 0 ] || fail "$usage"
    # What is piped in is the first administrator's password, and meant for nobody else.
    prepare_service requirements.lock </dev/null
    "$start" "$@"
    say "Starting on http://127.0.0.1:$port (stop with Ctrl-C)"
    exec firesafe serve --upgrade --listen "127.0.0.1:$port"
}
