--liquibase formatted sql

-- The audit store on SQLite. Read from top to bottom; a change that was released is never edited.
--
-- Times are microseconds since 1970-01-01T00:00:00Z, ids are UUIDs as lower-case text, enums are their lower-case names.
-- Text compares by code point: the BINARY collation.

--changeset aipanel:0001-events endDelimiter:/
CREATE TABLE events (
    "index"    INTEGER NOT NULL PRIMARY KEY CHECK ("index" >= 0),
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    target     TEXT    NOT NULL,
    outcome    TEXT    NOT NULL CHECK (outcome IN ('success', 'refused', 'failure')),
    address    TEXT,
    request_id TEXT,
    details    TEXT    NOT NULL
) STRICT
/
-- Each index costs every append, so there is one per question that is asked daily: when, who, what, to what. Every index
-- of SQLite ends in the row's key: these order by (at, "index") without naming it.
CREATE INDEX events_by_time ON events (at)
/
CREATE INDEX events_by_actor ON events (actor, at)
/
CREATE INDEX events_by_action ON events (action, at)
/
CREATE INDEX events_by_target ON events (target, at) WHERE target <> ''
/
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never changed');
END
/
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never removed');
END
/

--changeset aipanel:0002-delivered
-- Which effects were applied here; a row stays until the deletion of the outbox row is durable.
CREATE TABLE delivered (
    effect_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
