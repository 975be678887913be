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

# The instance folder remembers how it was started, because it may be moved or put back.
instance=${FIRESAFE_INSTANCE:-instance}

start_demo() {
    case $(cat "$instance/started" 2>/dev/null) in
        demo) ;;
        empty) return ;;
        *)
            say "Loading the demo counties"
            firesafe demo load
            echo demo >"$instance/started"
            ;;
    esac
    firesafe demo show
}

start_empty() {
    case $(cat "$instance/started" 2>/dev/null) in
        demo) fail "$instance holds the demo counties. Move it away, or set FIRESAFE_INSTANCE to another folder." ;;
        empty) ;;
        *)
            firesafe accounts first-administrator "$@"
            echo empty >"$instance/started"
            ;;
    esac
}

serve_command() {
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
    [ -f "$instance/settings.toml" ] || firesafe init </dev/null
    say "Bringing the database up to date"
    firesafe db upgrade </dev/null
    "$start" "$@"
    say "Starting on http://127.0.0.1:$port (stop with Ctrl-C)"
    exec firesafe serve --listen "127.0.0.1:$port"
}
