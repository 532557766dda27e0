#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "database/call.h"
#include "database/connection.h"
#include "database/lane.h"
#include "database/pipeline.h"
#include "database/primary.h"
#include "database/sqlstate.h"
#include "operating/config.h"

enum {
	BACKOFF_MS = 200,
	INTRODUCTION_MS = 1000,
	TIMES_BACK = 2, /* to the queue, after the deadline */
};

enum state {
	WAITER_WAITS, /* in the queue */
	WAITER_TAKEN, /* in the batch of a runner */
	WAITER_RUNS, /* is the runner: has a connection, or may open one */
	WAITER_DONE, /* has its reply */
};

/* A call and the thread that waits for it. Lanes have no threads of their own: the waiter that gets
 * a connection is the runner. It runs its own call and those behind it as a batch, and passes the
 * connection to the next in the queue. The lock protects the state. Whoever makes a waiter the
 * runner, or done, wakes it once, after releasing the lock. */
struct waiter {
	struct batch_item item;
	enum state state;
	struct connection *connection; /* of the runner; NULL: to be opened */
	struct waiter *next;
	uint64_t caller; /* hash */
	int64_t due_us; /* when its turn comes; see turns.h */
	int64_t began_us; /* when its batch began; 0: it was in no batch */
	int64_t until_us; /* its deadline in the queue */
	int times_back; /* to the queue, because of errors in its batch */
	sem_t wake;
};

/* Inserts the waiter behind all waiters that are not due later. */
static void queue(struct lane *lane, struct waiter *waiter)
{
	bool is_last = lane->first && lane->last->due_us <= waiter->due_us;
	struct waiter **place = is_last ? &lane->last->next : &lane->first;

	while (*place && (*place)->due_us <= waiter->due_us)
		place = &(*place)->next;
	waiter->next = *place;
	*place = waiter;
	lane->last = waiter->next ? lane->last : waiter;
	lane->waiting++;
}

static void prepend(struct lane *lane, struct waiter *waiter)
{
	waiter->next = lane->first;
	lane->last = lane->first ? lane->last : waiter;
	lane->first = waiter;
	lane->waiting++;
}

static struct waiter *take_first(struct lane *lane)
{
	struct waiter *waiter = lane->first;

	if (waiter) {
		lane->first = waiter->next;
		waiter->next = NULL;
		lane->waiting--;
	}
	return waiter;
}

static void leave(struct lane *lane, struct waiter *waiter)
{
	struct waiter **place = &lane->first, *before = NULL;

	while (*place != waiter) {
		before = *place;
		place = &before->next;
	}
	*place = waiter->next;
	lane->last = waiter->next ? lane->last : before;
	lane->waiting--;
	waiter->next = NULL;
}

/* Takes the caller's waiters out of the queue, in their order, except those that a batch put
 * back. */
static struct waiter *take_all_of(struct lane *lane, uint64_t caller)
{
	struct waiter *taken = NULL, **end = &taken, *next;

	for (struct waiter *waiter = lane->first; waiter; waiter = next) {
		next = waiter->next;
		if (waiter->caller != caller || waiter->began_us)
			continue;
		leave(lane, waiter);
		*end = waiter;
		end = &waiter->next;
	}
	return taken;
}

/* A call of the caller has held a connection. If it was longer than guessed, the caller's waiting
 * calls are due later too. Else a burst would be served before calls that come one by one. */
static void charge(struct lane *lane, uint64_t caller, int64_t held_us)
{
	int64_t later_us = turns_end(&lane->turns, caller, held_us);
	struct waiter *late = later_us ? take_all_of(lane, caller) : NULL, *next;

	for (; late; late = next) {
		next = late->next;
		late->due_us += later_us;
		queue(lane, late);
	}
}

/* A full queue refuses the waiter that is due last: this one, or the one returned, which the caller
 * must wake. */
static struct waiter *queue_or_refuse(struct lane *lane, struct waiter *waiter)
{
	bool full = lane->waiting >= (size_t)lane->config->queue_length;
	struct waiter *last = full ? lane->last : NULL;

	if (last && last->due_us <= waiter->due_us) {
		waiter->state = WAITER_DONE;
		return NULL;
	}
	if (last) {
		leave(lane, last);
		last->state = WAITER_DONE;
	}
	waiter->state = WAITER_WAITS;
	queue(lane, waiter);
	return last;
}

/* Runs at once when a connection is free, else waits in the queue. */
static enum state enter(struct lane *lane, struct waiter *waiter)
{
	struct waiter *refused = NULL;

	pthread_mutex_lock(&lane->lock);
	bool may_open = !lane->n_idle && lane->open < lane->kind.size;

	waiter->due_us = turns_enter(&lane->turns, waiter->caller);
	if (lane->n_idle || may_open) {
		lane->open += may_open;
		waiter->connection = lane->n_idle ? lane->idle[--lane->n_idle] : NULL;
		waiter->state = WAITER_RUNS;
	} else {
		refused = queue_or_refuse(lane, waiter);
	}
	enum state state = waiter->state;
	pthread_mutex_unlock(&lane->lock);
	if (refused)
		sem_post(&refused->wake);
	return state;
}

static enum state state_of(struct lane *lane, const struct waiter *waiter)
{
	pthread_mutex_lock(&lane->lock);
	enum state state = waiter->state;
	pthread_mutex_unlock(&lane->lock);
	return state;
}

/* Waits until another thread wakes this waiter. If the deadline comes first and the waiter is still
 * in the queue, it gives up; in a batch it keeps waiting. */
static enum state wait_for_turn(struct lane *lane, struct waiter *waiter)
{
	const struct timespec deadline = {waiter->until_us / 1000000,
	    waiter->until_us % 1000000 * 1000};
	bool late = false;

	while (!late && sem_clockwait(&waiter->wake, CLOCK_MONOTONIC, &deadline) != 0)
		late = errno == ETIMEDOUT;
	if (!late)
		return state_of(lane, waiter);
	pthread_mutex_lock(&lane->lock);
	bool waits = waiter->state == WAITER_WAITS;
	if (waits)
		leave(lane, waiter);
	pthread_mutex_unlock(&lane->lock);
	while (!waits && sem_wait(&waiter->wake) != 0)
		continue;
	return waits ? WAITER_DONE : state_of(lane, waiter);
}

/* A new connection first asks its server for cluster and timeline. If the login may not read them,
 * the server is taken for the primary. */
static void introduce(struct connection *connection)
{
	static const struct statement statement = {"introduction",
	    "select system_identifier as cluster, left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline from pg_control_system()",
	    NULL, 0};
	const struct db_call call = {.lane = LANE_POINT, .statement = &statement};
	struct db_reply reply CLEANUP(db_reply_free) = {0};
	struct batch_item item = {.call = &call, .reply = &reply}, *items[] = {&item};

	pipeline_run(connection, INTRODUCTION_MS, items, 1);
	if (reply.late)
		connection_look_elsewhere(connection);
	connection->broken |= reply.outcome == DB_FAILED &&
			      sqlstate_of(reply.result) != SQLSTATE_INSUFFICIENT_PRIVILEGE;
	if (db_value(&reply, "cluster"))
		connection->generation = primary_generation_of(connection->primary,
		    db_value(&reply, "cluster"), db_value(&reply, "timeline"));
}

static struct connection *open_connection(struct lane *lane)
{
	enum connection_failure why;
	struct connection *connection =
	    connection_open(lane->config, lane->primary, lane->role, lane->kind.plans, &why);

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

/* Opens a connection, unless another attempt failed a moment ago. */
static struct connection *try_open(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	bool down = clock_us() < lane->down_until_us;
	pthread_mutex_unlock(&lane->lock);
	struct connection *connection = down ? NULL : open_connection(lane);
	if (connection || down)
		return connection;
	pthread_mutex_lock(&lane->lock);
	lane->down_until_us = clock_us() + (BACKOFF_MS + rand() % BACKOFF_MS) * 1000LL;
	pthread_mutex_unlock(&lane->lock);
	return NULL;
}

static size_t take_batch(struct lane *lane, struct waiter *runner, struct waiter **batch)
{
	int64_t now_us = clock_us();
	size_t n = 0;

	batch[n++] = runner;
	pthread_mutex_lock(&lane->lock);
	while (n < lane->kind.depth && lane->first) {
		batch[n] = take_first(lane);
		batch[n++]->state = WAITER_TAKEN;
	}
	for (size_t i = 0; i < n; i++) {
		turns_begin(&lane->turns, batch[i]->due_us);
		batch[i]->began_us = now_us;
	}
	pthread_mutex_unlock(&lane->lock);
	lane->calls += n;
	lane->batches++;
	return n;
}

/* Ends a call that is past its deadline and has returned to the queue more than TIMES_BACK times.
 * Otherwise each error in its batches, such as a lock timeout, would make it wait longer. */
static void count_back(struct waiter *waiter)
{
	waiter->times_back += !waiter->item.done;
	waiter->item.done |= waiter->times_back > TIMES_BACK && clock_us() > waiter->until_us;
}

/* Calls that are not done go back to the head of the queue, in their order. The connection, or the
 * right to open one, goes to the next waiter, which may be this runner. */
static void hand_over(struct lane *lane, struct connection *connection, struct waiter *const *batch,
    size_t n)
{
	struct waiter *woken[PIPELINE_MAX_CALLS], *next;
	int64_t now_us = clock_us();
	size_t n_woken = 0;

	pthread_mutex_lock(&lane->lock);
	for (size_t i = n; i-- > 0;) {
		if (batch[i]->began_us)
			charge(lane, batch[i]->caller, (now_us - batch[i]->began_us) / (int64_t)n);
		count_back(batch[i]);
		batch[i]->state = batch[i]->item.done ? WAITER_DONE : WAITER_WAITS;
		if (!batch[i]->item.done)
			prepend(lane, batch[i]);
		else if (i)
			woken[n_woken++] = batch[i];
	}
	next = take_first(lane);
	if (next) {
		next->state = WAITER_RUNS;
		next->connection = connection;
	} else if (connection) {
		lane->idle[lane->n_idle++] = connection;
	} else {
		lane->open--;
	}
	if (next && next != batch[0])
		woken[n_woken++] = next;
	pthread_mutex_unlock(&lane->lock);
	while (n_woken)
		sem_post(&woken[--n_woken]->wake);
}

static void run_batch(struct lane *lane, struct waiter *waiter)
{
	struct connection *connection = waiter->connection;
	struct waiter *batch[PIPELINE_MAX_CALLS] = {waiter};
	struct batch_item *items[PIPELINE_MAX_CALLS];
	size_t n = 1;

	if (connection && !connection_is_fresh(connection, lane->since_us)) {
		connection_close(connection);
		connection = NULL;
	}
	if (!connection)
		connection = try_open(lane);
	if (connection) {
		n = take_batch(lane, waiter, batch);
		for (size_t i = 0; i < n; i++)
			items[i] = &batch[i]->item;
		pipeline_run(connection, lane->config->statement_timeout_ms, items, n);
	} else {
		waiter->item.reply->outcome = DB_UNAVAILABLE;
		waiter->item.done = true;
	}
	/* The lane's other connections probably lead to the same server. */
	bool leave = connection && (connection->unsure || waiter->item.reply->late);
	if (leave)
		connection_look_elsewhere(connection);
	if (leave || (connection && connection->outdated))
		lane->since_us = clock_us();
	if (connection && connection->broken) {
		connection_close(connection);
		connection = NULL;
	}
	hand_over(lane, connection, batch, n);
}

void lane_run(struct lane *lane, const struct db_call *call, struct db_reply *ret_reply)
{
	int64_t entered_us = clock_us();
	struct waiter waiter = {.item = {.call = call, .reply = ret_reply},
	    .caller = encoding_hash(0, call->caller ? call->caller : ""),
	    .until_us = entered_us + lane->config->pool_wait_ms * 1000};

	*ret_reply = (struct db_reply){.outcome = DB_OVERLOADED};
	sem_init(&waiter.wake, 0, 0);
	enum state state = enter(lane, &waiter);
	if (state == WAITER_WAITS)
		state = wait_for_turn(lane, &waiter);
	for (; state == WAITER_RUNS; state = state_of(lane, &waiter))
		run_batch(lane, &waiter);
	sem_destroy(&waiter.wake);
	ret_reply->waited_us = (waiter.began_us ? waiter.began_us : clock_us()) - entered_us;
	if (ret_reply->outcome == DB_OVERLOADED)
		lane->refused++;
}

void lane_open(struct lane *lane, const struct config *config, struct primary *primary,
    const char *role, struct lane_kind kind)
{
	*lane = (struct lane){.config = config, .primary = primary, .role = role, .kind = kind};
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
