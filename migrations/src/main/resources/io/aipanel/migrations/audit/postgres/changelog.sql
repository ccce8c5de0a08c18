--liquibase formatted sql

-- The store `audit` on PostgreSQL: events that are appended and never changed.

--changeset aipanel:0001-events splitStatements:false
CREATE TABLE audit.events (
    index      bigint      CONSTRAINT events_pkey PRIMARY KEY CONSTRAINT events_index_check CHECK (index >= 0),
    at         timestamptz NOT NULL,
    actor      text        COLLATE "C" NOT NULL,
    action     text        COLLATE "C" NOT NULL,
    target     text        COLLATE "C" NOT NULL,
    outcome    text        COLLATE "C" NOT NULL
                           CONSTRAINT events_outcome_check CHECK (outcome IN ('success', 'refused', 'failure')),
    address    text,
    request_id text,
    details    text        NOT NULL
);
CREATE INDEX events_by_time ON audit.events (at, index);
CREATE INDEX events_by_actor ON audit.events (actor, at, index);
CREATE INDEX events_by_action ON audit.events (action, at, index);
CREATE INDEX events_by_target ON audit.events (target, at, index) WHERE target <> '';

-- One row that whoever appends must lock: indexes have no gaps, however many processes append, and the log's size is
-- known without counting.
CREATE TABLE audit.head (
    only_one boolean NOT NULL DEFAULT true CONSTRAINT head_pkey PRIMARY KEY CONSTRAINT head_one_row CHECK (only_one),
    size     bigint  NOT NULL CONSTRAINT head_size_check CHECK (size >= 0)
);
INSERT INTO audit.head (size) VALUES (0);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit.events is append-only: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.events
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

--changeset aipanel:0002-delivered splitStatements:false
-- Which effects have arrived. Stays empty while this schema shares a database with `panel`, because then an effect
-- leaves the outbox and arrives here in one transaction. It is for the day this schema lives in a database of its own.
CREATE TABLE audit.delivered (
    effect_id uuid CONSTRAINT delivered_pkey PRIMARY KEY
);
