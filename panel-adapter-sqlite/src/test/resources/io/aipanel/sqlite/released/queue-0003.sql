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
