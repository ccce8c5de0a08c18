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
