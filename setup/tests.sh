# ./run test, check, bench and lock: what those need who work on the service.

prepare_tests() {
    prepare_service requirements-test.lock \
        libatomic1 openssl postgresql poppler-utils fonts-noto-cjk \
        $(chromium_packages) $(webkit_packages)
    prepare_chromium
    prepare_front
}

# The nearest to an iPhone, and a screen for it that nobody looks at. Where it is missing, its
# tests are skipped.
webkit_packages() {
    is_ubuntu || echo webkit2gtk-driver xvfb
}

check_command() {
    need_packages $(python_packages)
    prepare_python requirements-test.lock
    prepare_node_packages
    say "Types, lint and import contracts"
    mypy &
    mypy=$!
    ruff check
    ruff format --check
    node_modules/.bin/tsc --project jsconfig.json
    lint-imports
    wait $mypy
}

test_scripts() {
    say "Scripts"
    node --test "tests/js/**/*.test.mjs"
}

# A browser on a busy machine may miss its time once. What fails twice, the second time alone,
# is broken; what passes then is named above, so nobody needs to search for it.
once_more() {
    say "What failed is run once more, by itself"
    pytest -n 0 --last-failed --last-failed-no-failures none
}

test_command() {
    write_bytecode
    prepare_tests
    case ${1:-} in
        "")
            check_command
            test_scripts
            say "Tests on SQLite and PostgreSQL"
            # Three for two cores: who waits for a browser leaves a core to others.
            pytest -n 3 --dist loadgroup || once_more
            ;;
        --fast)
            shift
            check_command
            test_scripts
            say "Tests on SQLite, without browser and packaging"
            exec pytest -n 2 --dist loadgroup --engine sqlite -m "not browser and not packaging" "$@"
            ;;
        *) exec pytest "$@" ;;
    esac
}

bench_command() {
    prepare_tests
    exec python -m bench "$@"
}

lock_command() {
    need_packages $(python_packages)
    prepare_uv
    follow_pips_mirror
    set -- --universal --python-version 3.11 --generate-hashes --no-header -q
    "$uv" pip compile setup.cfg "$@" --extra build -o requirements.lock
    "$uv" pip compile setup.cfg "$@" --extra build --extra test -c requirements.lock -o requirements-test.lock
    prepare_python requirements-test.lock
    npm install --package-lock-only --loglevel=error
    npm install --package-lock-only --loglevel=error --prefix setup/chromium
}
