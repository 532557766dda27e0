# shellcheck shell=bash disable=SC2154
# The suites of ./dev test, each a function test_NAME. ./dev sources this file.

c_files() { find service tests/{unit,fuzz,faults,bench} -name '*.[ch]' -print0; }

# The Python of the contract compiler.
python_files() { find service/contract -name '*.py' -print0; }

run_lint() {
	need_packages shellcheck clang-format black flake8
	shellcheck -x dev tests/suites.bash .ci/run service/deploy/make-secrets \
		tests/bench/peers/go/build
	c_files | xargs -0r clang-format --dry-run --Werror
	python_files | xargs -0r black --check --quiet --line-length 100 --skip-magic-trailing-comma
	python_files | xargs -0r flake8 --max-line-length 100 --extend-ignore E203,W503
	! grep -rnE --include='*.py' '^\s*(from|import) +test_' tests ||
		die 'test modules import each other: put what they share into a helper module beside conftest.py'
	! grep -rnI --include='*.'{c,h,md,py,sql,yaml,yml} --exclude-dir=node_modules '[[:blank:]]$' . || die 'the lines above end in blanks'
}

run_fmt() {
	need_packages clang-format black
	c_files | xargs -0r clang-format -i
	python_files | xargs -0r black --quiet --line-length 100 --skip-magic-trailing-comma
}

pytests() {
	"$python" -m pytest -q -p no:cacheprovider "$@"
}

# count LOG: prints how many tests passed and failed, from the summaries of pytest, Check and node.
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

# judge SUITE STATUS SECONDS: counts the tests in the suite's log and writes the result file. A
# suite that ran no test has failed.
judge() {
	local passed failed
	read -r passed failed < <(count "build/logs/$1.log")
	[ "$failed" != 0 ] || { [ "$2" = 0 ] && [ "$passed" != 0 ]; } || failed=1
	printf '%s %s %s %s\n' "$1" "$passed" "$failed" "$3" >"build/logs/$1.result"
}

# suite NAME COMMAND...: runs one suite and shows its output.
suite() {
	local name=$1 began=$SECONDS status
	shift
	suites+=("$name")
	mkdir -p build/logs
	printf '\n== %s ==\n' "$name"
	set +e
	(set -e && "$@") 2>&1 | tee "build/logs/$name.log"
	status=${PIPESTATUS[0]}
	set -e
	judge "$name" "$status" $((SECONDS - began))
}

# lane SUITE...: runs suites one after another, and shows the output of each at its end.
lane() {
	local name began status
	trap 'exit 130' INT # after an interrupted pytest the next suite would begin
	for name in "$@"; do
		began=$SECONDS
		set +e
		(set -e && "test_$name") >"build/logs/$name.log" 2>&1
		status=$?
		set -e
		judge "$name" $status $((SECONDS - began))
		{
			flock 9
			printf '\n== %s ==\n' "$name"
			cat "build/logs/$name.log"
		} 9>build/logs/.lock
	done
}

# side_by_side: runs all lanes at once, since most suites wait for a server or a timer. Each lane is
# a process group, so that an interrupt reaches all its processes.
side_by_side() {
	local one pids=()
	mkdir -p build/logs
	rm -f build/logs/*.result
	set -m
	for one in "${lanes[@]}"; do
		# shellcheck disable=SC2086
		lane $one </dev/null &
		pids+=($!)
		# shellcheck disable=SC2206
		suites+=($one)
	done
	set +m
	# shellcheck disable=SC2064
	trap "kill -INT ${pids[*]/#/-} 2>/dev/null; wait; exit 130" INT
	# shellcheck disable=SC2064
	trap "kill ${pids[*]/#/-} 2>/dev/null; wait; exit 143" TERM
	wait "${pids[@]}" || true
	trap - INT TERM
}

suites=()

finish() {
	local name passed failed seconds passed_all=0 failed_all=0
	printf '\n'
	for name in "${suites[@]}"; do
		read -r name passed failed seconds 2>/dev/null <"build/logs/$name.result" || failed=1 passed=0 seconds=0
		printf '%-10s %5d passed %4d failed %5d s\n' "$name" "$passed" "$failed" "$seconds"
		passed_all=$((passed_all + passed)) failed_all=$((failed_all + failed))
	done
	printf '%s\n' "$passed_all passed, $failed_all failed, $SECONDS s"
	[ "$failed_all" = 0 ]
}

# Separate commands: `set -e` has no effect before `&&`.
test_lint() { run_lint; echo '1 passed in 0s'; }
test_unit() { meson test -C build --no-rebuild -v; }
test_contract() { pytests tests/contract; }
test_sql() { pytests tests/sql; }
test_api() { pytests tests/api; }
test_deploy() { pytests tests/deploy; }
test_speed() { pytests tests/bench/test_guard.py; }
test_faults() { pytests tests/faults; }
test_schema() { run_schema --check; echo '1 passed in 0s'; }

# Clang's build with the address and undefined-behaviour sanitizers. A report ends the process,
# which fails the test.
build_clang() {
	configure build-clang clang --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false
	export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
}

# Each fuzzer searches for a minute at idle priority, while the tests of the API run.
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

# Clang's build with the thread sanitizer, whose first report ends the process. It takes twelve
# minutes, so a run without names leaves it out. Tests that bound memory are deselected, since the
# sanitizer itself needs more.
test_threads() {
	configure build-threads clang --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false
	export TSAN_OPTIONS=halt_on_error=1
	meson test -C build-threads --no-rebuild -v -t 5
	OVOPD_BINARY=$PWD/build-threads/service/ovopd pytests tests/api "${of_memory[@]/#/--deselect=tests/api/}"
}

of_memory=(engine/test_http.py::test_a_thousand_anonymous_uploads_keep_no_byte
	engine/test_limits.py::test_many_logins_at_once_leave_the_service_alive
	engine/test_limits.py::test_1500_slow_clients_do_not_hide_that_the_service_lives)

# search SECONDS STUCK: runs each fuzzer in turn, from the corpus and the inputs of earlier
# searches. A finding stays as a file. An input that takes longer than STUCK seconds is a hang; at
# idle priority that time includes waits for the processor.
search() {
	local target found log
	for target in tests/fuzz/corpus/*; do
		target=${target##*/} found=build-clang/found/${target##*/} log=build-clang/found/${target##*/}.log
		mkdir -p "$found"
		"build-clang/tests/fuzz/fuzz-$target" -max_total_time="$1" -max_len=4096 -timeout="$2" -print_final_stats=1 \
			-artifact_prefix="$found-" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1 ||
			{ tail -n 40 "$log"; die "fuzz-$target failed: the lines above name the input"; }
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

# A run without names runs these lanes side by side. Suites that measure speed run alone afterwards.
lanes=('lint unit contract api valgrind deploy' 'clang sql schema faults')
alone=(speed)

run_test() {
	local name all=()
	build "${packages_test[@]}"
	for name in "$@"; do
		declare -F "test_$name" >/dev/null || die "no suite '$name': ./dev help lists the suites"
	done
	if [ $# = 0 ]; then
		side_by_side
		all=("${alone[@]}")
	fi
	for name in "$@" "${all[@]}"; do suite "$name" "test_$name"; done
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

# faketime for clock jumps; pgBackRest for restores; Patroni, etcd and HAProxy for fail-over; the
# rest for the tests' house.
packages_faults=(faketime pgbackrest patroni etcd-server haproxy python3-psycopg2 python3-requests python3-jsonschema)

run_faults() {
	build "${packages_faults[@]}"
	exec "$python" tests/faults/faults.py "$@"
}

# The libraries of the peers; wrk and psutil for load and figures; matplotlib for plots; the rest
# for the tests' house.
packages_bench=(wrk golang-go golang-github-jackc-pgx-v4-dev python3-fastapi uvicorn python3-asyncpg python3-uvloop python3-httptools
	python3-psutil python3-matplotlib python3-psycopg2 python3-requests python3-jsonschema)

run_bench() {
	local missing=()
	[ $# = 0 ] || [[ "$*" =~ ^(quick|soak( [0-9]+)?)$ ]] || die "use './dev bench', './dev bench quick' or './dev bench soak [MINUTES]'"
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
