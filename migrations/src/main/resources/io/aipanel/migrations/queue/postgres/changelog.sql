--liquibase formatted sql

-- The store `queue` on PostgreSQL. Jobs that can be claimed (hot, few) and those that have ended (cold, many) are
-- apart, so that a claim costs the same however long the history is. Delays are in microseconds.

--changeset aipanel:0001-jobs splitStatements:false
CREATE SEQUENCE queue.job_ids;

CREATE TABLE queue.jobs (
    id           bigint      DEFAULT nextval('queue.job_ids') CONSTRAINT jobs_pkey PRIMARY KEY,
    type         text        COLLATE "C" NOT NULL,
    queue        text        COLLATE "C" NOT NULL,
    payload      text        NOT NULL,
    priority     integer     NOT NULL,
    unique_key   text        COLLATE "C",
    max_attempts integer     NOT NULL,
    first_delay  bigint      NOT NULL,
    max_delay    bigint      NOT NULL,
    state        text        COLLATE "C" NOT NULL CONSTRAINT jobs_state_check CHECK (state IN ('pending', 'running')),
    attempt      integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    run_at       timestamptz NOT NULL,
    started_at   timestamptz,
    worker       text,
    last_error   text,
    token        bigint      NOT NULL,
    lease_until  timestamptz,
    CONSTRAINT jobs_lease_check CHECK ((state = 'running') = (lease_until IS NOT NULL))
)
-- Every job is updated by its claim and deleted by its end: dead rows are the rule, so they are cleaned early.
WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE UNIQUE INDEX jobs_unique_key ON queue.jobs (queue, type, unique_key) WHERE unique_key IS NOT NULL;
-- What a claim reads, in its order.
CREATE INDEX jobs_pending ON queue.jobs (queue, priority DESC, run_at, id) WHERE state = 'pending';
-- When the next delayed job is due.
CREATE INDEX jobs_delayed ON queue.jobs (queue, run_at) WHERE state = 'pending';
-- Whose worker has died.
CREATE INDEX jobs_leased ON queue.jobs (queue, lease_until) WHERE state = 'running';

--changeset aipanel:0002-finished-jobs splitStatements:false
CREATE TABLE queue.finished_jobs (
    id           bigint      CONSTRAINT finished_jobs_pkey PRIMARY KEY,
    type         text        COLLATE "C" NOT NULL,
    queue        text        COLLATE "C" NOT NULL,
    payload      text        NOT NULL,
    priority     integer     NOT NULL,
    unique_key   text        COLLATE "C",
    max_attempts integer     NOT NULL,
    first_delay  bigint      NOT NULL,
    max_delay    bigint      NOT NULL,
    state        text        COLLATE "C" NOT NULL
                             CONSTRAINT finished_jobs_state_check
                             CHECK (state IN ('completed', 'dead-letter', 'cancelled')),
    attempt      integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    run_at       timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz NOT NULL,
    worker       text,
    last_error   text,
    result       text,
    -- If somebody has the job tried again, no worker of before may end it.
    token        bigint      NOT NULL
);
CREATE INDEX finished_jobs_by_time ON queue.finished_jobs (finished_at, id);
-- The few that people look for among the many that went well.
CREATE INDEX finished_jobs_not_completed ON queue.finished_jobs (state, id) WHERE state <> 'completed';

--changeset aipanel:0003-delivered splitStatements:false
-- Which effects have arrived. Stays empty while this schema shares a database with `panel`, because then an effect
-- leaves the outbox and arrives here in one transaction. It is for the day this schema lives in a database of its own.
CREATE TABLE queue.delivered (
    effect_id uuid CONSTRAINT delivered_pkey PRIMARY KEY
);

--changeset aipanel:0004-lanes splitStatements:false
-- All jobs that differ only in time and arrival share a lane. A claim goes through the lanes of its queue and types, so
-- it never meets the jobs of other queues and types, nor those whose time has not come. Lanes are never removed.
CREATE TABLE queue.lanes (
    id       integer GENERATED ALWAYS AS IDENTITY CONSTRAINT lanes_pkey PRIMARY KEY,
    queue    text    COLLATE "C" NOT NULL,
    type     text    COLLATE "C" NOT NULL,
    priority integer NOT NULL,
    CONSTRAINT lanes_name_key UNIQUE (queue, type, priority)
);
INSERT INTO queue.lanes (queue, type, priority)
SELECT queue, type, priority FROM queue.jobs
UNION
SELECT queue, type, priority FROM queue.finished_jobs;

DROP INDEX queue.jobs_pending, queue.jobs_delayed, queue.jobs_leased;

ALTER TABLE queue.jobs
    ADD COLUMN lane             integer,
    ADD COLUMN concurrency_key  text    COLLATE "C",
    -- Pending, but not in the way of claims, because as many jobs with its concurrency key are running as may.
    ADD COLUMN held             boolean NOT NULL DEFAULT false,
    ADD COLUMN earlier_attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
    ADD COLUMN progress_percent integer,
    ADD COLUMN progress_text    text,
    -- How many lines its log has had in all.
    ADD COLUMN log_lines        bigint  NOT NULL DEFAULT 0,
    ALTER COLUMN max_attempts DROP NOT NULL,
    ALTER COLUMN first_delay DROP NOT NULL,
    ALTER COLUMN max_delay DROP NOT NULL,
    ADD CONSTRAINT jobs_retry_check CHECK (num_nulls(max_attempts, first_delay, max_delay) IN (0, 3)),
    ADD CONSTRAINT jobs_held_check CHECK (NOT held OR (state = 'pending' AND concurrency_key IS NOT NULL));
UPDATE queue.jobs SET lane = lanes.id
FROM queue.lanes
WHERE (lanes.queue, lanes.type, lanes.priority) = (jobs.queue, jobs.type, jobs.priority);
ALTER TABLE queue.jobs ALTER COLUMN lane SET NOT NULL;

-- What a claim reads, in its order.
CREATE INDEX jobs_pending ON queue.jobs (lane, run_at, id) WHERE state = 'pending' AND NOT held;
-- Whose worker has died.
CREATE INDEX jobs_leased ON queue.jobs (lane, lease_until) WHERE state = 'running';
-- How many run with a concurrency key, and who is next.
CREATE INDEX jobs_running_by_key ON queue.jobs (queue, concurrency_key)
    WHERE state = 'running' AND concurrency_key IS NOT NULL;
CREATE INDEX jobs_held ON queue.jobs (queue, concurrency_key, lane, run_at, id) WHERE held;
-- The other way round than jobs_unique_key, for people who know the key only.
CREATE INDEX jobs_by_unique_key ON queue.jobs (unique_key, id) WHERE unique_key IS NOT NULL;

--changeset aipanel:0005-history splitStatements:false
ALTER TABLE queue.finished_jobs
    ADD COLUMN lane             integer,
    ADD COLUMN concurrency_key  text    COLLATE "C",
    ADD COLUMN earlier_attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
    ADD COLUMN progress_percent integer,
    ADD COLUMN progress_text    text,
    ADD COLUMN log_lines        bigint  NOT NULL DEFAULT 0,
    ALTER COLUMN max_attempts DROP NOT NULL,
    ALTER COLUMN first_delay DROP NOT NULL,
    ALTER COLUMN max_delay DROP NOT NULL,
    ADD CONSTRAINT finished_jobs_retry_check CHECK (num_nulls(max_attempts, first_delay, max_delay) IN (0, 3));
UPDATE queue.finished_jobs SET lane = lanes.id
FROM queue.lanes
WHERE (lanes.queue, lanes.type, lanes.priority) = (finished_jobs.queue, finished_jobs.type, finished_jobs.priority);
ALTER TABLE queue.finished_jobs ALTER COLUMN lane SET NOT NULL;

-- Jobs are pruned by id: none has ended before it was created.
DROP INDEX queue.finished_jobs_by_time;
CREATE INDEX finished_jobs_by_lane ON queue.finished_jobs (lane, id);
CREATE INDEX finished_jobs_by_unique_key ON queue.finished_jobs (unique_key, id) WHERE unique_key IS NOT NULL;

-- The attempts that failed, of jobs in both tables.
CREATE TABLE queue.failures (
    job        bigint      NOT NULL,
    attempt    integer     NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz NOT NULL,
    worker     text        NOT NULL,
    type       text        NOT NULL,
    message    text        NOT NULL,
    trace      text        NOT NULL,
    CONSTRAINT failures_pkey PRIMARY KEY (job, attempt)
);

CREATE TABLE queue.job_log (
    job  bigint      NOT NULL,
    seq  bigint      NOT NULL,
    at   timestamptz NOT NULL,
    text text        NOT NULL,
    CONSTRAINT job_log_pkey PRIMARY KEY (job, seq)
);

-- How many finished jobs there are: the sum of what every transaction has added and taken away. One row for all would be
-- a lock that every end of a job waits for; so rows are only added, and folded into one now and then.
CREATE TABLE queue.tallies (
    queue text   COLLATE "C" NOT NULL,
    state text   COLLATE "C" NOT NULL,
    jobs  bigint NOT NULL
);
INSERT INTO queue.tallies (queue, state, jobs)
SELECT queue, state, count(*) FROM queue.finished_jobs GROUP BY queue, state;

-- Which jobs keep their unique key for a period, even if they have ended.
CREATE TABLE queue.recent_keys (
    queue      text        COLLATE "C" NOT NULL,
    type       text        COLLATE "C" NOT NULL,
    unique_key text        COLLATE "C" NOT NULL,
    job        bigint      NOT NULL,
    until      timestamptz NOT NULL,
    CONSTRAINT recent_keys_pkey PRIMARY KEY (queue, type, unique_key)
);
CREATE INDEX recent_keys_by_time ON queue.recent_keys (until);

--changeset aipanel:0006-queues splitStatements:false
-- The queues that somebody has set; the others are not paused and have the default limits.
CREATE TABLE queue.queues (
    name                text    COLLATE "C" CONSTRAINT queues_pkey PRIMARY KEY,
    paused              boolean NOT NULL DEFAULT false,
    max_running         integer,
    max_running_per_key integer NOT NULL DEFAULT 1,
    rate_starts         integer,
    rate_period         bigint,
    -- When the bucket of the rate is full again; in the past, or null, if it is full.
    rate_full_at        timestamptz,
    CONSTRAINT queues_rate_check CHECK (num_nulls(rate_starts, rate_period) IN (0, 2))
);

CREATE TABLE queue.workers (
    queue  text        COLLATE "C" NOT NULL,
    worker text        COLLATE "C" NOT NULL,
    types  text[]      COLLATE "C" NOT NULL,
    until  timestamptz NOT NULL,
    CONSTRAINT workers_pkey PRIMARY KEY (queue, worker)
);

--changeset aipanel:0007-schedules splitStatements:false
CREATE TABLE queue.schedules (
    name            text        COLLATE "C" CONSTRAINT schedules_pkey PRIMARY KEY,
    cron            text        NOT NULL,
    zone            text        NOT NULL,
    type            text        COLLATE "C" NOT NULL,
    queue           text        COLLATE "C" NOT NULL,
    payload         text        NOT NULL,
    priority        integer     NOT NULL,
    unique_key      text        COLLATE "C",
    unique_for      bigint,
    concurrency_key text        COLLATE "C",
    max_attempts    integer,
    first_delay     bigint,
    max_delay       bigint,
    next_run_at     timestamptz,
    last_run_at     timestamptz,
    last_job        bigint,
    CONSTRAINT schedules_retry_check CHECK (num_nulls(max_attempts, first_delay, max_delay) IN (0, 3))
);

--changeset aipanel:0008-event-outbox splitStatements:false
-- What operators have done here, until the relay has moved it to the audit log. A row with failed_at was refused there
-- and is kept for people to see. The sequence is this schema's own, which may live in a database of its own one day.
CREATE TABLE queue.event_outbox (
    seq        bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT event_outbox_pkey PRIMARY KEY,
    effect_id  uuid        NOT NULL,
    at         timestamptz NOT NULL,
    actor      text        COLLATE "C" NOT NULL,
    action     text        COLLATE "C" NOT NULL,
    target     text        COLLATE "C" NOT NULL,
    outcome    text        COLLATE "C" NOT NULL,
    address    text,
    request_id text,
    details    text        NOT NULL,
    failed_at  timestamptz,
    failure    text
);
CREATE INDEX event_outbox_waiting ON queue.event_outbox (seq) WHERE failed_at IS NULL;

--changeset aipanel:0009-dead-rows splitStatements:false
-- Vacuum without the pauses that spare other tables: with them, cleaning up after some minutes of a steady load took most
-- of a minute, in which several times as many rows died as the table holds.
ALTER TABLE queue.jobs SET (autovacuum_vacuum_cost_delay = 0);

--changeset aipanel:0010-ended-jobs splitStatements:false
-- How many jobs have ended, ever. Unlike how many there are, this does not fall when some are removed or tried again.
ALTER TABLE queue.tallies ADD COLUMN ended bigint NOT NULL DEFAULT 0;
