# shellcheck shell=bash disable=SC2154
# What ./dev runs as tests: each suite is a function test_NAME, and ./dev's own functions are at hand.

c_files() { find service tests/{unit,fuzz,faults,bench} -name '*.[ch]' -print0; }

run_lint() {
	need_packages shellcheck clang-format
	shellcheck -x dev tests/suites.bash .ci/run tests/deploy/dockerfile-lines tests/deploy/make-secrets \
		tests/bench/peers/go/build
	c_files | xargs -0r clang-format --dry-run --Werror
	! grep -rnI --include='*.'{c,h,md,py,sql,yaml,yml} --exclude-dir=node_modules '[[:blank:]]$' . || die 'these lines end in blanks'
}

run_fmt() {
	need_packages clang-format
	c_files | xargs -0r clang-format -i
}

pytests() {
	"$python" -m pytest -q -p no:cacheprovider "$@"
}

# What the runners counted: pytest, Check, node's test runner. A suite that ran no test has failed.
count() {
	awk '/ in [0-9.]+s/ {
			for (i = 2; i <= NF; i++)
				if ($i ~ /^passed/) p += $(i-1)
				else if ($i ~ /^(failed|errors?)/) f += $(i-1)
		}
		/^[0-9]+%: Checks: / { gsub(",", ""); f += $5 + $7; p += $3 - $5 - $7 }
		/^(# |ℹ )pass [0-9]+$/ { p += $3 }
		/^(# |ℹ )fail [0-9]+$/ { f += $3 }
		END { print p + 0, f + 0 }' "$1"
}

passed_all=0 failed_all=0 report=()

suite() {
	local name=$1 log=build/logs/$1.log began=$SECONDS status passed failed
	shift
	mkdir -p "${log%/*}"
	printf '\n== %s ==\n' "$name"
	set +e
	(set -e && "$@") 2>&1 | tee "$log"
	status=${PIPESTATUS[0]}
	set -e
	read -r passed failed < <(count "$log")
	[ "$failed" != 0 ] || { [ "$status" = 0 ] && [ "$passed" != 0 ]; } || failed=1
	passed_all=$((passed_all + passed)) failed_all=$((failed_all + failed))
	report+=("$(printf '%-10s %5d passed %4d failed %5d s' "$name" "$passed" "$failed" $((SECONDS - began)))")
}

finish() {
	printf '\n'
	printf '%s\n' "${report[@]}" "$passed_all passed, $failed_all failed"
	[ "$failed_all" = 0 ]
}

test_lint() { run_lint && echo '1 passed in 0s'; }
test_unit() { meson test -C build --no-rebuild -v; }
test_contract() { pytests tests/contract; }
test_sql() { pytests tests/sql; }
test_api() { pytests tests/api; }
test_deploy() { pytests tests/deploy; }
test_speed() { pytests tests/bench/test_guard.py; }
test_faults() { pytests tests/faults; }
test_schema() { run_schema --check && echo '1 passed in 0s'; }

# Clang's build with the address and undefined-behaviour sanitizers: a report ends the process, and so the test.
build_clang() {
	configure build-clang clang --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false
	export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
}

# The fuzzers search a minute each in what the other tests leave of the processor.
test_clang() {
	local searching status=0
	build_clang
	meson test -C build-clang --no-rebuild -v -t 5
	(chrt -i -p 0 $BASHPID && search 60 60) >build-clang/search.log 2>&1 &
	searching=$!
	# shellcheck disable=SC2064
	trap "pkill -P $searching; kill $searching; exit 130" INT TERM
	OVOPD_BINARY=$PWD/build-clang/service/ovopd pytests tests/api || status=1
	wait $searching || status=1
	cat build-clang/search.log
	return $status
}

# Clang's build with the thread sanitizer, whose first report ends the process. Not in a run without names, which it would make longer
# by twelve minutes. What bounds the service's memory is left out: the sanitizer's own is beyond those bounds.
test_threads() {
	configure build-threads clang --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false
	export TSAN_OPTIONS=halt_on_error=1
	meson test -C build-threads --no-rebuild -v -t 5
	OVOPD_BINARY=$PWD/build-threads/service/ovopd pytests tests/api "${of_memory[@]/#/--deselect=tests/api/}"
}

of_memory=(test_http.py::test_what_is_too_large_is_not_kept test_limits.py::test_many_logins_at_once_leave_the_service_alive
	test_limits.py::test_1500_slow_clients_do_not_hide_that_the_service_lives)

# search SECONDS STUCK: each fuzzer in its turn; it begins at the corpus and what earlier searches found, and a finding stays as a file.
# STUCK: seconds after which an input is held to be stuck; at idle priority one waits for the processor, too.
search() {
	local target found log
	for target in tests/fuzz/corpus/*; do
		target=${target##*/} found=build-clang/found/${target##*/} log=build-clang/found/${target##*/}.log
		mkdir -p "$found"
		"build-clang/tests/fuzz/fuzz-$target" -max_total_time="$1" -max_len=4096 -timeout="$2" -print_final_stats=1 \
			-artifact_prefix="$found-" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1 ||
			{ tail -n 40 "$log"; die "fuzz-$target ended on the input that the lines above name"; }
		printf '%-8s %s\n' "$target" "$(sed -n 's/.*\tDONE *//p' "$log"), $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs"
	done
}

run_fuzz() {
	build clang libclang-rt-14-dev
	build_clang
	search "${1:-60}" 10
}

test_valgrind() {
	CK_FORK=no meson test -C build --no-rebuild -v -t 20 --wrapper 'valgrind -q --leak-check=full --error-exitcode=99'
}

run_test() {
	local name
	[ $# != 0 ] || set -- lint unit contract sql schema api deploy faults speed valgrind clang
	build "${packages_test[@]}"
	for name in "$@"; do
		declare -F "test_$name" >/dev/null || die "no suite '$name': ./dev help lists them"
	done
	for name in "$@"; do suite "$name" "test_$name"; done
	finish
}

run_clients() {
	local missing=()
	command -v node >/dev/null || missing+=(nodejs)
	command -v npm >/dev/null || missing+=(npm)
	build "${missing[@]}"
	suite clients npm_test
	finish
}

npm_test() {
	cd tests/clients
	npm ci --no-audit --no-fund
	npm test
}

# What makes the service's clock jump; what has a standby take over; what the tests' house needs.
packages_faults=(faketime pgbackrest patroni etcd-server haproxy python3-psycopg2 python3-requests python3-jsonschema)

run_faults() {
	build "${packages_faults[@]}"
	exec "$python" tests/faults/faults.py "$@"
}

# The peers' libraries; what loads and watches them (wrk, psutil); what draws (matplotlib); what the tests' house needs.
packages_bench=(wrk golang-go golang-github-jackc-pgx-v4-dev python3-fastapi uvicorn python3-asyncpg python3-uvloop python3-httptools
	python3-psutil python3-matplotlib python3-psycopg2 python3-requests python3-jsonschema)

run_bench() {
	local missing=()
	[ $# = 0 ] || [[ "$*" =~ ^(quick|soak( [0-9]+)?)$ ]] || die "'./dev bench', './dev bench quick' or './dev bench soak [MINUTES]'"
	command -v node >/dev/null || missing+=(nodejs)
	command -v npm >/dev/null || missing+=(npm)
	build "${packages_bench[@]}" "${missing[@]}"
	mkdir -p build/bench
	step 'build the Go peer' tests/bench/peers/go/build "$PWD/build/bench/peer-go"
	step 'install the Fastify peer' npm ci --prefix tests/bench/peers/fastify --no-audit --no-fund
	[ "${1:-}" != soak ] || exec "$python" tests/bench/soak.py "${@:2}"
	exec "$python" tests/bench/bench.py "$@"
}

run_attack() {
	build "${packages_test[@]}" sqlmap
	exec nice -n 10 "$python" tests/attack/attack.py "$@"
}
