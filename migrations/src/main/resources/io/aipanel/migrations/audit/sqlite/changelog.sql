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

--changeset aipanel:0003-tree endDelimiter:/
-- How large the log is, and the tree over it in short: what an append needs to know. `cut` and `cut_peaks` say the same
-- of the events that were cut off from the beginning. Events below `adopt_until` were appended before there was a tree,
-- and are still to be taken into it; zero once they are.
CREATE TABLE tree (
    only_one    INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    size        INTEGER NOT NULL CHECK (size >= 0),
    peaks       BLOB    NOT NULL CHECK (length(peaks) % 32 = 0),
    cut         INTEGER NOT NULL CHECK (cut BETWEEN 0 AND size),
    cut_peaks   BLOB    NOT NULL CHECK (length(cut_peaks) % 32 = 0),
    adopt_until INTEGER NOT NULL CHECK (adopt_until >= 0)
) STRICT
/
INSERT INTO tree (only_one, size, peaks, cut, cut_peaks, adopt_until)
SELECT 1, 0, x'', 0, x'', coalesce(max("index") + 1, 0) FROM events
/
CREATE TRIGGER the_tree_never_shrinks BEFORE UPDATE ON tree
WHEN NEW.size < OLD.size OR NEW.cut < OLD.cut OR NEW.adopt_until > OLD.adopt_until
BEGIN
    SELECT RAISE(ABORT, 'the tree over the audit log never shrinks');
END
/
CREATE TRIGGER the_tree_is_never_removed BEFORE DELETE ON tree
BEGIN
    SELECT RAISE(ABORT, 'the tree over the audit log is never removed');
END
/
-- INSERT OR REPLACE removes the row before it without asking the trigger for removals.
CREATE TRIGGER the_tree_is_never_replaced BEFORE INSERT ON tree
BEGIN
    SELECT RAISE(ABORT, 'the tree over the audit log is never replaced');
END
/
-- The tops of complete subtrees of 2^height events: those of 256 and more, as smaller ones are quickly made of events.
CREATE TABLE nodes (
    height  INTEGER NOT NULL CHECK (height BETWEEN 8 AND 62),
    "index" INTEGER NOT NULL CHECK ("index" >= 0),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (height, "index")
) STRICT, WITHOUT ROWID
/
CREATE TRIGGER nodes_are_never_changed BEFORE UPDATE ON nodes
BEGIN
    SELECT RAISE(ABORT, 'nodes of the tree over the audit log are never changed');
END
/
CREATE TRIGGER nodes_are_never_removed BEFORE DELETE ON nodes
BEGIN
    SELECT RAISE(ABORT, 'nodes of the tree over the audit log are never removed');
END
/
CREATE TRIGGER nodes_are_never_replaced BEFORE INSERT ON nodes
WHEN EXISTS (SELECT 1 FROM nodes WHERE height = NEW.height AND "index" = NEW."index")
BEGIN
    SELECT RAISE(ABORT, 'nodes of the tree over the audit log are never replaced');
END
/
DROP TRIGGER events_are_never_removed
/
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM tree WHERE only_one = 1 AND OLD."index" < cut)
BEGIN
    SELECT RAISE(ABORT, 'audit events are never removed, unless they were cut off');
END
/
CREATE TRIGGER events_are_only_appended BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM tree WHERE only_one = 1 AND NEW."index" < size)
BEGIN
    SELECT RAISE(ABORT, 'audit events are only appended');
END
/

--changeset aipanel:0004-checkpoints endDelimiter:/
-- Signed checkpoints as C2SP tlog-checkpoint has them. `key_id` is that of the key that has signed.
CREATE TABLE checkpoints (
    size   INTEGER NOT NULL CHECK (size >= 0),
    key_id INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    note   TEXT    NOT NULL,
    PRIMARY KEY (size, key_id)
) STRICT, WITHOUT ROWID
/
CREATE INDEX checkpoints_by_key ON checkpoints (key_id, size)
/
CREATE TRIGGER checkpoints_are_never_changed BEFORE UPDATE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints are never changed');
END
/
CREATE TRIGGER checkpoints_are_never_removed BEFORE DELETE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints are never removed');
END
/
CREATE TRIGGER checkpoints_are_never_replaced BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size AND key_id = NEW.key_id)
BEGIN
    SELECT RAISE(ABORT, 'checkpoints are never replaced');
END
/
-- The public keys of all who have ever signed, in the order of their coming.
CREATE TABLE verifier_keys (
    seq INTEGER NOT NULL PRIMARY KEY,
    key TEXT    NOT NULL UNIQUE
) STRICT
/
CREATE TRIGGER verifier_keys_are_never_changed BEFORE UPDATE ON verifier_keys
BEGIN
    SELECT RAISE(ABORT, 'public keys are never changed');
END
/
CREATE TRIGGER verifier_keys_are_never_removed BEFORE DELETE ON verifier_keys
BEGIN
    SELECT RAISE(ABORT, 'public keys are never removed');
END
/
CREATE TRIGGER verifier_keys_are_never_replaced BEFORE INSERT ON verifier_keys
WHEN EXISTS (SELECT 1 FROM verifier_keys WHERE seq = NEW.seq OR key = NEW.key)
BEGIN
    SELECT RAISE(ABORT, 'public keys are never replaced');
END
/
-- How well checkpoints get to each place outside.
CREATE TABLE anchors (
    name      TEXT    NOT NULL PRIMARY KEY,
    size      INTEGER NOT NULL CHECK (size >= 0),
    at        INTEGER,
    failed_at INTEGER,
    failure   TEXT    NOT NULL
) STRICT, WITHOUT ROWID
/
-- The log's name, which it gets once.
CREATE TABLE origin (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    name     TEXT    NOT NULL
) STRICT
/
CREATE TRIGGER the_origin_is_never_changed BEFORE UPDATE ON origin
BEGIN
    SELECT RAISE(ABORT, 'the name of the audit log is never changed');
END
/
CREATE TRIGGER the_origin_is_never_removed BEFORE DELETE ON origin
BEGIN
    SELECT RAISE(ABORT, 'the name of the audit log is never removed');
END
/
CREATE TRIGGER the_origin_is_never_replaced BEFORE INSERT ON origin
WHEN EXISTS (SELECT 1 FROM origin)
BEGIN
    SELECT RAISE(ABORT, 'the name of the audit log is never replaced');
END
/

--changeset aipanel:0005-questions endDelimiter:/
-- Request ids begin with their time: each lands beside the one before, so the index costs little.
CREATE INDEX events_by_request ON events (request_id, at) WHERE request_id IS NOT NULL
/
CREATE INDEX events_by_address ON events (address, at) WHERE address IS NOT NULL
/
-- Nearly everything succeeds: who wants that finds it by time.
CREATE INDEX events_by_failure ON events (outcome, at) WHERE outcome <> 'success'
/

--changeset aipanel:0006-partitions
-- PostgreSQL keeps the events in partitions, so that it can drop many of them as one table. Here they are one file, whose
-- pages are used again when events were removed: nothing is to be done.
SELECT 1;

--changeset aipanel:0007-anchor-nodes
-- Each of those who sign brings checkpoints of its own to a place. `signer` is the id of the key, in hexadecimal digits. What
-- was noted before is the newest signer's.
CREATE TABLE anchors_by_signer (
    name      TEXT    NOT NULL,
    signer    TEXT    NOT NULL CHECK (length(signer) = 8),
    size      INTEGER NOT NULL CHECK (size >= 0),
    at        INTEGER,
    failed_at INTEGER,
    failure   TEXT    NOT NULL,
    PRIMARY KEY (name, signer)
) STRICT, WITHOUT ROWID;
INSERT INTO anchors_by_signer (name, signer, size, at, failed_at, failure)
SELECT name, substr(key, instr(key, '+') + 1, 8), size, at, failed_at, failure
FROM anchors, (SELECT key FROM verifier_keys ORDER BY seq DESC LIMIT 1);
DROP TABLE anchors;
ALTER TABLE anchors_by_signer RENAME TO anchors;

--changeset aipanel:0008-entries endDelimiter:/
-- Where the events of an actor, an action, a target and an address are. As indexes they were most of what an append cost:
-- nearly every event went to a page of its own in each of them. Now the entries of some thousand events are written at
-- once, in the order in which they lie. The events from `until` on have none yet: whoever looks for events goes through
-- those one by one. Entries can be made anew from the events, so nothing guards them.
DROP INDEX events_by_actor
/
DROP INDEX events_by_action
/
DROP INDEX events_by_target
/
DROP INDEX events_by_address
/
CREATE TABLE entries_by_actor (
    actor   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    PRIMARY KEY (actor, at, "index")
) STRICT, WITHOUT ROWID
/
CREATE TABLE entries_by_action (
    action  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    PRIMARY KEY (action, at, "index")
) STRICT, WITHOUT ROWID
/
CREATE TABLE entries_by_target (
    target  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    PRIMARY KEY (target, at, "index")
) STRICT, WITHOUT ROWID
/
CREATE TABLE entries_by_address (
    address TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    PRIMARY KEY (address, at, "index")
) STRICT, WITHOUT ROWID
/
CREATE TABLE entered (
    name  TEXT    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL CHECK (until >= 0)
) STRICT, WITHOUT ROWID
/
INSERT INTO entered (name, until) VALUES ('actor', 0), ('action', 0), ('target', 0), ('address', 0)
/

--changeset aipanel:0009-origins endDelimiter:/
-- The names that the log has had, one after the other. One that was restored from a backup goes on under another name:
-- `from_size` is how many events it had when it got that.
CREATE TABLE origins (
    seq       INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    name      TEXT    NOT NULL UNIQUE,
    from_size INTEGER NOT NULL CHECK (from_size >= 0)
) STRICT
/
INSERT INTO origins (seq, name, from_size) SELECT 1, name, 0 FROM origin
/
DROP TABLE origin
/
CREATE TRIGGER origins_are_never_changed BEFORE UPDATE ON origins
BEGIN
    SELECT RAISE(ABORT, 'names of the audit log are never changed');
END
/
CREATE TRIGGER origins_are_never_removed BEFORE DELETE ON origins
BEGIN
    SELECT RAISE(ABORT, 'names of the audit log are never removed');
END
/
CREATE TRIGGER origins_are_only_appended BEFORE INSERT ON origins
WHEN EXISTS (SELECT 1 FROM origins WHERE seq >= NEW.seq OR name = NEW.name OR from_size > NEW.from_size)
BEGIN
    SELECT RAISE(ABORT, 'a name of the audit log follows those before it, and is another');
END
/
