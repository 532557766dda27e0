#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "arena.h"
#include "cleanup.h"
#include "config.h"
#include "connection.h"
#include "db.h"
#include "lane.h"
#include "leader.h"
#include "pipeline.h"
#include "service.h"

enum {
	BACKOFF_MS = 200,
	INTRODUCTION_MS = 1000,
	TIMES_BACK = 2, /* for a call whose time is over; once to part, once for another's error */
};

enum state {
	WORK_WAITS, /* in the queue */
	WORK_TAKEN, /* in the batch of a thread that leads */
	WORK_LEADS, /* has a connection, or the right to open one, and a batch to run */
	WORK_DONE, /* has its reply */
};

/* A call and the thread that waits for it. No thread is the lanes' own: who gets a connection leads, runs its own call and those that
 * wait behind it, hands the connection to the next in the queue and goes home. Its state is the lock's; who makes it lead or done
 * tells it, once, after letting go of the lock. */
struct work {
	struct errand errand;
	enum state state;
	struct connection *connection; /* of who leads; NULL: to be opened */
	struct work *next;
	int64_t until_us; /* may it wait */
	int times_back; /* in the queue, since others of its batch failed */
	sem_t told;
};

static void append(struct lane *lane, struct work *work)
{
	*(lane->first ? &lane->last->next : &lane->first) = work;
	lane->last = work;
	lane->waiting++;
}

static void prepend(struct lane *lane, struct work *work)
{
	work->next = lane->first;
	lane->last = lane->first ? lane->last : work;
	lane->first = work;
	lane->waiting++;
}

static struct work *take_first(struct lane *lane)
{
	struct work *work = lane->first;

	if (work) {
		lane->first = work->next;
		work->next = NULL;
		lane->waiting--;
	}
	return work;
}

static void leave(struct lane *lane, struct work *work)
{
	struct work **place = &lane->first, *before = NULL;

	while (*place != work) {
		before = *place;
		place = &before->next;
	}
	*place = work->next;
	lane->last = work->next ? lane->last : before;
	lane->waiting--;
}

/* Leads at once when a connection is free, else waits in the queue unless that is full. */
static enum state enter(struct lane *lane, struct work *work)
{
	pthread_mutex_lock(&lane->lock);
	bool may_open = !lane->n_idle && lane->open < lane->kind.size;
	bool full = lane->waiting >= (size_t)lane->config->queue_length;
	enum state state = lane->n_idle || may_open ? WORK_LEADS : full ? WORK_DONE : WORK_WAITS;

	lane->open += may_open;
	work->connection = lane->n_idle ? lane->idle[--lane->n_idle] : NULL;
	work->state = state;
	if (state == WORK_WAITS)
		append(lane, work);
	pthread_mutex_unlock(&lane->lock);
	return state;
}

static enum state state_of(struct lane *lane, const struct work *work)
{
	pthread_mutex_lock(&lane->lock);
	enum state state = work->state;
	pthread_mutex_unlock(&lane->lock);
	return state;
}

/* Until the work is told, or its time is over while it still stands in the queue; what has been taken will be told. */
static enum state wait_for_turn(struct lane *lane, struct work *work)
{
	const struct timespec deadline = {work->until_us / 1000000,
	    work->until_us % 1000000 * 1000};
	bool late = false;

	while (!late && sem_clockwait(&work->told, CLOCK_MONOTONIC, &deadline) != 0)
		late = errno == ETIMEDOUT;
	if (!late)
		return state_of(lane, work);
	pthread_mutex_lock(&lane->lock);
	bool waits = work->state == WORK_WAITS;
	if (waits)
		leave(lane, work);
	pthread_mutex_unlock(&lane->lock);
	while (!waits && sem_wait(&work->told) != 0)
		continue;
	return waits ? WORK_DONE : state_of(lane, work);
}

/* A new connection says which server it leads to before that is asked for anything. Who may not say it is taken at its word. */
static void introduce(struct connection *connection)
{
	static const struct statement statement = {"introduction",
	    "select system_identifier as cluster, left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline from pg_control_system()",
	    NULL, 0};
	const struct db_call call = {.lane = LANE_POINT, .statement = &statement};
	struct db_reply reply CLEANUP(db_reply_free) = {0};
	struct errand errand = {.call = &call, .reply = &reply}, *errands[] = {&errand};

	pipeline_run(connection, INTRODUCTION_MS, errands, 1);
	if (reply.late)
		connection_look_elsewhere(connection);
	connection->broken |= reply.outcome == DB_FAILED && !db_error_is(reply.result, "42501");
	if (db_value(&reply, "cluster"))
		connection->reign = leader_reign_of(connection->leader, db_value(&reply, "cluster"),
		    db_value(&reply, "timeline"));
}

static struct connection *search(struct lane *lane)
{
	enum connection_failure why;
	struct connection *connection =
	    connection_open(lane->config, lane->leader, lane->role, lane->kind.plans, &why);

	if (connection)
		introduce(connection);
	if (connection && connection_is_replaced(connection)) {
		connection_look_elsewhere(connection);
		why = CONNECTION_REPLACED;
		connection->broken = true;
	}
	if (connection && connection->broken) {
		connection_close(connection);
		connection = NULL;
	}
	lane->failure = why;
	return connection;
}

/* A new connection, but none while another's failure is fresh. */
static struct connection *try_open(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	bool down = service_clock_us() < lane->down_until_us;
	pthread_mutex_unlock(&lane->lock);
	struct connection *connection = down ? NULL : search(lane);
	if (connection || down)
		return connection;
	pthread_mutex_lock(&lane->lock);
	lane->down_until_us = service_clock_us() + (BACKOFF_MS + rand() % BACKOFF_MS) * 1000LL;
	pthread_mutex_unlock(&lane->lock);
	return NULL;
}

static size_t take_batch(struct lane *lane, struct work *leader, struct work **batch)
{
	size_t n = 0;

	batch[n++] = leader;
	pthread_mutex_lock(&lane->lock);
	while (n < lane->kind.depth && lane->first) {
		batch[n] = take_first(lane);
		batch[n++]->state = WORK_TAKEN;
	}
	pthread_mutex_unlock(&lane->lock);
	lane->calls += n;
	lane->batches++;
	return n;
}

/* Behind errors that each took long, such as at a lock that stays, it does not wait for all of them. */
static void count_back(struct work *work)
{
	work->times_back += !work->errand.done;
	work->errand.done |= work->times_back > TIMES_BACK && service_clock_us() > work->until_us;
}

/* What is not done goes back to where it stood. The connection, or the right to open another in its place, goes to the next in the
 * queue, which may be this very thread, the first of the batch. */
static void hand_over(struct lane *lane, struct connection *connection, struct work *const *batch,
    size_t n)
{
	struct work *told[PIPELINE_MAX_CALLS], *next;
	size_t n_told = 0;

	pthread_mutex_lock(&lane->lock);
	for (size_t i = n; i-- > 0;) {
		count_back(batch[i]);
		batch[i]->state = batch[i]->errand.done ? WORK_DONE : WORK_WAITS;
		if (!batch[i]->errand.done)
			prepend(lane, batch[i]);
		else if (i)
			told[n_told++] = batch[i];
	}
	next = take_first(lane);
	if (next) {
		next->state = WORK_LEADS;
		next->connection = connection;
	} else if (connection) {
		lane->idle[lane->n_idle++] = connection;
	} else {
		lane->open--;
	}
	if (next && next != batch[0])
		told[n_told++] = next;
	pthread_mutex_unlock(&lane->lock);
	while (n_told)
		sem_post(&told[--n_told]->told);
}

static void lead(struct lane *lane, struct work *work)
{
	struct connection *connection = work->connection;
	struct work *batch[PIPELINE_MAX_CALLS] = {work};
	struct errand *errands[PIPELINE_MAX_CALLS];
	size_t n = 1;

	if (connection && !connection_is_fresh(connection, lane->since_us)) {
		connection_close(connection);
		connection = NULL;
	}
	if (!connection)
		connection = try_open(lane);
	if (connection) {
		n = take_batch(lane, work, batch);
		for (size_t i = 0; i < n; i++)
			errands[i] = &batch[i]->errand;
		pipeline_run(connection, lane->config->statement_timeout_ms, errands, n);
	} else {
		work->errand.reply->outcome = DB_UNAVAILABLE;
		work->errand.done = true;
	}
	if (connection && (connection->unsure || work->errand.reply->late))
		connection_look_elsewhere(connection);
	if (connection && connection->outdated)
		lane->since_us = service_clock_us();
	if (connection && connection->broken) {
		connection_close(connection);
		connection = NULL;
	}
	hand_over(lane, connection, batch, n);
}

void lane_run(struct lane *lane, const struct db_call *call, struct db_reply *ret_reply)
{
	struct work work = {.errand = {.call = call, .reply = ret_reply},
	    .until_us = service_clock_us() + lane->config->pool_wait_ms * 1000};

	*ret_reply = (struct db_reply){.outcome = DB_OVERLOADED};
	sem_init(&work.told, 0, 0);
	enum state state = enter(lane, &work);
	if (state == WORK_WAITS)
		state = wait_for_turn(lane, &work);
	for (; state == WORK_LEADS; state = state_of(lane, &work))
		lead(lane, &work);
	sem_destroy(&work.told);
	if (ret_reply->outcome == DB_OVERLOADED)
		lane->refused++;
}

void lane_open(struct lane *lane, const struct config *config, struct leader *leader,
    const char *role, struct lane_kind kind)
{
	*lane = (struct lane){.config = config, .leader = leader, .role = role, .kind = kind};
	lane->idle = arena_calloc(kind.size, sizeof(*lane->idle));
	pthread_mutex_init(&lane->lock, NULL);
}

void lane_close(struct lane *lane)
{
	for (size_t i = 0; i < lane->n_idle; i++)
		connection_close(lane->idle[i]);
	free(lane->idle);
	pthread_mutex_destroy(&lane->lock);
}
