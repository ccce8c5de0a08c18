--liquibase formatted sql

-- The queue store on SQLite. Read from top to bottom; a change that was released is never edited.
--
-- Times are microseconds since 1970-01-01T00:00:00Z, durations are microseconds, states are their wire names. Text
-- compares by code point: the BINARY collation.

--changeset aipanel:0001-jobs
-- Pending and running jobs only: small and hot, however long the history is. AUTOINCREMENT: the id of a job that has left
-- this table is never given to another one. token grows with every claim of the job.
CREATE TABLE jobs (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    type         TEXT    NOT NULL,
    queue        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    priority     INTEGER NOT NULL,
    unique_key   TEXT,
    max_attempts INTEGER NOT NULL,
    first_delay  INTEGER NOT NULL,
    max_delay    INTEGER NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running')),
    attempt      INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    run_at       INTEGER NOT NULL,
    started_at   INTEGER,
    worker       TEXT,
    last_error   TEXT,
    token        INTEGER NOT NULL DEFAULT 0,
    lease_until  INTEGER,
    CHECK ((state = 'running') = (lease_until IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX jobs_by_unique_key ON jobs (queue, type, unique_key) WHERE unique_key IS NOT NULL;
-- The order of claims. Running jobs are not in it, so that a claim never walks over them.
CREATE INDEX jobs_pending ON jobs (queue, priority DESC, run_at, id) WHERE state = 'pending';
CREATE INDEX jobs_leased ON jobs (queue, lease_until) WHERE state = 'running';

--changeset aipanel:0002-finished-jobs
CREATE TABLE finished_jobs (
    id           INTEGER NOT NULL PRIMARY KEY,
    type         TEXT    NOT NULL,
    queue        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    priority     INTEGER NOT NULL,
    unique_key   TEXT,
    max_attempts INTEGER NOT NULL,
    first_delay  INTEGER NOT NULL,
    max_delay    INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('completed', 'dead-letter', 'cancelled')),
    attempt      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    run_at       INTEGER NOT NULL,
    started_at   INTEGER,
    finished_at  INTEGER NOT NULL,
    worker       TEXT,
    last_error   TEXT,
    result       TEXT,
    token        INTEGER NOT NULL
) STRICT;

CREATE INDEX finished_jobs_by_queue ON finished_jobs (queue, state);
-- Most jobs end well: those that did not are found without paying for the others.
CREATE INDEX finished_jobs_not_completed ON finished_jobs (state) WHERE state <> 'completed';
CREATE INDEX finished_jobs_by_time ON finished_jobs (finished_at);

--changeset aipanel:0003-delivered
-- Which effects were applied here; a row stays until the deletion of the outbox row is durable.
CREATE TABLE delivered (
    effect_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

--changeset aipanel:0004-lanes
-- All jobs that differ only in time and arrival share a lane. A claim goes through the lanes of its queue and types, so
-- it never meets the jobs of other queues and types, nor those whose time has not come. Lanes are never removed, so
-- nothing but the price of an insert would come of declaring references to them.
CREATE TABLE lanes (
    id       INTEGER NOT NULL PRIMARY KEY,
    queue    TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    priority INTEGER NOT NULL,
    UNIQUE (queue, type, priority)
) STRICT;

INSERT INTO lanes (queue, type, priority)
SELECT queue, type, priority FROM jobs
UNION
SELECT queue, type, priority FROM finished_jobs;

-- SQLite cannot let a column be null that was not: the table is made anew, and every job is moved over.
ALTER TABLE jobs RENAME TO jobs_before;

CREATE TABLE jobs (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    lane             INTEGER NOT NULL,
    type             TEXT    NOT NULL,
    queue            TEXT    NOT NULL,
    payload          TEXT    NOT NULL,
    priority         INTEGER NOT NULL,
    unique_key       TEXT,
    concurrency_key  TEXT,
    -- Null together if the handler of the type decides.
    max_attempts     INTEGER,
    first_delay      INTEGER,
    max_delay        INTEGER,
    state            TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running')),
    -- 1 for a pending job that is out of the way of claims, because as many with its concurrency key run as may.
    held             INTEGER NOT NULL DEFAULT 0,
    attempt          INTEGER NOT NULL DEFAULT 0,
    earlier_attempts INTEGER NOT NULL DEFAULT 0,
    created_at       INTEGER NOT NULL,
    run_at           INTEGER NOT NULL,
    started_at       INTEGER,
    worker           TEXT,
    last_error       TEXT,
    token            INTEGER NOT NULL DEFAULT 0,
    lease_until      INTEGER,
    progress_percent INTEGER,
    progress_text    TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK (held = 0 OR (state = 'pending' AND concurrency_key IS NOT NULL))
) STRICT;

INSERT INTO jobs
    (id, lane, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
     created_at, run_at, started_at, worker, last_error, token, lease_until)
SELECT j.id, l.id, j.type, j.queue, j.payload, j.priority, j.unique_key, j.max_attempts, j.first_delay, j.max_delay,
       j.state, j.attempt, j.created_at, j.run_at, j.started_at, j.worker, j.last_error, j.token, j.lease_until
FROM jobs_before j JOIN lanes l ON l.queue = j.queue AND l.type = j.type AND l.priority = j.priority;

-- The id of a job that has left the old table must not be given to another one either.
DELETE FROM sqlite_sequence WHERE name = 'jobs';
INSERT INTO sqlite_sequence (name, seq) SELECT 'jobs', seq FROM sqlite_sequence WHERE name = 'jobs_before';
DROP TABLE jobs_before;

CREATE UNIQUE INDEX jobs_by_unique_key ON jobs (queue, type, unique_key) WHERE unique_key IS NOT NULL;
-- What a claim reads, in its order.
CREATE INDEX jobs_pending ON jobs (lane, run_at, id) WHERE state = 'pending' AND held = 0;
-- Whose worker has died, and how many run.
CREATE INDEX jobs_leased ON jobs (lane, lease_until) WHERE state = 'running';
-- How many run with a concurrency key, and who of them is next.
CREATE INDEX jobs_running_by_key ON jobs (queue, concurrency_key)
    WHERE state = 'running' AND concurrency_key IS NOT NULL;
CREATE INDEX jobs_held ON jobs (queue, concurrency_key, lane, run_at, id) WHERE held = 1;
-- For lists of one queue or type, and of people who know the unique key only.
CREATE INDEX jobs_by_lane ON jobs (lane, id);
CREATE INDEX jobs_with_unique_key ON jobs (unique_key, id) WHERE unique_key IS NOT NULL;

--changeset aipanel:0005-history
ALTER TABLE finished_jobs RENAME TO finished_jobs_before;

CREATE TABLE finished_jobs (
    id               INTEGER NOT NULL PRIMARY KEY,
    lane             INTEGER NOT NULL,
    type             TEXT    NOT NULL,
    queue            TEXT    NOT NULL,
    payload          TEXT    NOT NULL,
    priority         INTEGER NOT NULL,
    unique_key       TEXT,
    concurrency_key  TEXT,
    max_attempts     INTEGER,
    first_delay      INTEGER,
    max_delay        INTEGER,
    state            TEXT    NOT NULL CHECK (state IN ('completed', 'dead-letter', 'cancelled')),
    attempt          INTEGER NOT NULL,
    earlier_attempts INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    run_at           INTEGER NOT NULL,
    started_at       INTEGER,
    finished_at      INTEGER NOT NULL,
    worker           TEXT,
    last_error       TEXT,
    result           TEXT,
    token            INTEGER NOT NULL,
    progress_percent INTEGER,
    progress_text    TEXT,
    cancel_requested INTEGER NOT NULL
) STRICT;

INSERT INTO finished_jobs
    (id, lane, type, queue, payload, priority, unique_key, max_attempts, first_delay, max_delay, state, attempt,
     earlier_attempts, created_at, run_at, started_at, finished_at, worker, last_error, result, token, cancel_requested)
SELECT j.id, l.id, j.type, j.queue, j.payload, j.priority, j.unique_key, j.max_attempts, j.first_delay, j.max_delay,
       j.state, j.attempt, 0, j.created_at, j.run_at, j.started_at, j.finished_at, j.worker, j.last_error, j.result,
       j.token, 0
FROM finished_jobs_before j JOIN lanes l ON l.queue = j.queue AND l.type = j.type AND l.priority = j.priority;

DROP TABLE finished_jobs_before;

CREATE INDEX finished_jobs_by_lane ON finished_jobs (lane, id);
-- Most jobs end well: those that did not are found without paying for the others.
CREATE INDEX finished_jobs_not_completed ON finished_jobs (lane, state, id) WHERE state <> 'completed';
CREATE INDEX finished_jobs_by_unique_key ON finished_jobs (unique_key, id) WHERE unique_key IS NOT NULL;

-- The attempts that failed, of jobs in both tables.
CREATE TABLE failures (
    job        INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL,
    worker     TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    trace      TEXT    NOT NULL,
    PRIMARY KEY (job, attempt)
) STRICT;

-- The newest lines of each job; seq counts all that it has written.
CREATE TABLE job_log (
    job  INTEGER NOT NULL,
    seq  INTEGER NOT NULL,
    at   INTEGER NOT NULL,
    text TEXT    NOT NULL,
    PRIMARY KEY (job, seq)
) STRICT, WITHOUT ROWID;

-- How many finished jobs there are, so that nobody has to count them.
CREATE TABLE tallies (
    queue TEXT    NOT NULL,
    state TEXT    NOT NULL,
    jobs  INTEGER NOT NULL,
    PRIMARY KEY (queue, state)
) STRICT, WITHOUT ROWID;

INSERT INTO tallies (queue, state, jobs) SELECT queue, state, count(*) FROM finished_jobs GROUP BY queue, state;

-- Which jobs keep their unique key for a period, even if they have ended.
CREATE TABLE recent_keys (
    queue      TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    unique_key TEXT    NOT NULL,
    job        INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    PRIMARY KEY (queue, type, unique_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX recent_keys_by_time ON recent_keys (until);

--changeset aipanel:0006-queues
-- The queues that somebody has set; the others are not paused and have the default limits.
CREATE TABLE queues (
    name                TEXT    NOT NULL PRIMARY KEY,
    paused              INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    max_running         INTEGER,
    max_running_per_key INTEGER NOT NULL DEFAULT 1,
    rate_starts         INTEGER,
    rate_period         INTEGER,
    -- When the bucket of the rate is full again; in the past, or null, if it is full.
    rate_full_at        INTEGER,
    -- What is to be added to that, in parts of a microsecond: rate_starts of them make one.
    rate_rest           INTEGER NOT NULL DEFAULT 0,
    CHECK ((rate_starts IS NULL) = (rate_period IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE workers (
    queue  TEXT    NOT NULL,
    worker TEXT    NOT NULL,
    -- Names separated by commas, which no name contains.
    types  TEXT    NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (queue, worker)
) STRICT, WITHOUT ROWID;

--changeset aipanel:0007-schedules
CREATE TABLE schedules (
    name            TEXT    NOT NULL PRIMARY KEY,
    cron            TEXT    NOT NULL,
    zone            TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    queue           TEXT    NOT NULL,
    payload         TEXT    NOT NULL,
    priority        INTEGER NOT NULL,
    unique_key      TEXT,
    unique_for      INTEGER,
    concurrency_key TEXT,
    max_attempts    INTEGER,
    first_delay     INTEGER,
    max_delay       INTEGER,
    next_run_at     INTEGER,
    last_run_at     INTEGER,
    last_job        INTEGER
) STRICT, WITHOUT ROWID;

--changeset aipanel:0008-event-outbox
-- What operators have done here, until the relay has moved it to the audit log. AUTOINCREMENT: the relay deletes what it
-- has moved, and the order of what comes later must still grow.
CREATE TABLE event_outbox (
    seq        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    effect_id  TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    target     TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,
    address    TEXT,
    request_id TEXT,
    details    TEXT    NOT NULL,
    failed_at  INTEGER,
    failure    TEXT,
    CHECK ((failed_at IS NULL) = (failure IS NULL))
) STRICT;

CREATE INDEX event_outbox_set_aside ON event_outbox (seq) WHERE failed_at IS NOT NULL;

--changeset aipanel:0009-dead-rows splitStatements:false
-- Nothing to be done here: SQLite leaves no dead rows. Both engines go through the same changes.
SELECT 1;

--changeset aipanel:0010-ended-jobs
-- How many jobs have ended, ever. Unlike how many there are, this does not fall when some are removed or tried again.
ALTER TABLE tallies ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
