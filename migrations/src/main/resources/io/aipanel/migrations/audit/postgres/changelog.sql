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

--changeset aipanel:0003-tree splitStatements:false
-- How large the log is, and the tree over it in short: what an append needs to know. One row, which whoever appends must
-- lock: indexes have no gaps, however many processes append. `cut` and `cut_peaks` say the same of the events that were
-- cut off from the beginning. Events below `adopt_until` were appended before there was a tree, and are still to be taken
-- into it; zero once they are.
CREATE TABLE audit.tree (
    only_one    boolean NOT NULL DEFAULT true CONSTRAINT tree_one_row CHECK (only_one),
    size        bigint  NOT NULL CONSTRAINT tree_size_check CHECK (size >= 0),
    peaks       bytea   NOT NULL CONSTRAINT tree_peaks_check CHECK (octet_length(peaks) % 32 = 0),
    cut         bigint  NOT NULL CONSTRAINT tree_cut_check CHECK (cut BETWEEN 0 AND size),
    cut_peaks   bytea   NOT NULL CONSTRAINT tree_cut_peaks_check CHECK (octet_length(cut_peaks) % 32 = 0),
    adopt_until bigint  NOT NULL CONSTRAINT tree_adopt_until_check CHECK (adopt_until >= 0)
);
-- The row is found from the largest size down. While somebody's transaction stays open for long, such as that of a backup,
-- every append leaves a dead version of the row behind; a primary key would have each of them looked at by each append.
-- That there is one row is the triggers' business.
CREATE INDEX tree_by_size ON audit.tree (size);
INSERT INTO audit.tree (size, peaks, cut, cut_peaks, adopt_until) SELECT 0, '', 0, '', size FROM audit.head;
DROP TABLE audit.head;

-- The tops of complete subtrees of 2^height events: those of 256 and more, as smaller ones are quickly made of events.
CREATE TABLE audit.nodes (
    height integer NOT NULL CONSTRAINT nodes_height_check CHECK (height BETWEEN 8 AND 62),
    index  bigint  NOT NULL CONSTRAINT nodes_index_check CHECK (index >= 0),
    hash   bytea   NOT NULL CONSTRAINT nodes_hash_check CHECK (octet_length(hash) = 32),
    CONSTRAINT nodes_pkey PRIMARY KEY (height, index)
);

CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit.% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION audit.refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the tree over the audit log never shrinks' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION audit.refuse_what_is_not_cut_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.index < (SELECT cut FROM audit.tree ORDER BY size DESC LIMIT 1) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit.events is append-only: DELETE is refused, except of what was cut off'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

DROP TRIGGER events_are_never_changed ON audit.events;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR TRUNCATE ON audit.events
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON audit.events
    FOR EACH ROW EXECUTE FUNCTION audit.refuse_what_is_not_cut_off();
CREATE TRIGGER nodes_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.nodes
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER the_tree_is_one_row BEFORE INSERT OR DELETE OR TRUNCATE ON audit.tree
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER the_tree_never_shrinks BEFORE UPDATE ON audit.tree
    FOR EACH ROW WHEN (NEW.size < OLD.size OR NEW.cut < OLD.cut OR NEW.adopt_until > OLD.adopt_until)
    EXECUTE FUNCTION audit.refuse_shrinking();

--changeset aipanel:0004-checkpoints splitStatements:false
-- Signed checkpoints as C2SP tlog-checkpoint has them. `key_id` is that of the key that has signed.
CREATE TABLE audit.checkpoints (
    size   bigint      NOT NULL CONSTRAINT checkpoints_size_check CHECK (size >= 0),
    key_id integer     NOT NULL,
    at     timestamptz NOT NULL,
    note   text        NOT NULL,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (size, key_id)
);
CREATE INDEX checkpoints_by_key ON audit.checkpoints (key_id, size);

-- The public keys of all who have ever signed, in the order of their coming.
CREATE TABLE audit.verifier_keys (
    seq bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT verifier_keys_pkey PRIMARY KEY,
    key text   COLLATE "C" NOT NULL CONSTRAINT verifier_keys_key_key UNIQUE
);

-- How well checkpoints get to each place outside.
CREATE TABLE audit.anchors (
    name      text        COLLATE "C" CONSTRAINT anchors_pkey PRIMARY KEY,
    size      bigint      NOT NULL CONSTRAINT anchors_size_check CHECK (size >= 0),
    at        timestamptz,
    failed_at timestamptz,
    failure   text        NOT NULL
);

-- The log's name, which it gets once.
CREATE TABLE audit.origin (
    only_one boolean NOT NULL DEFAULT true CONSTRAINT origin_pkey PRIMARY KEY
                     CONSTRAINT origin_one_row CHECK (only_one),
    name     text    NOT NULL
);

CREATE TRIGGER checkpoints_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER keys_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.verifier_keys
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER the_origin_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.origin
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- The triggers' refusals once more as rights, which hold for whoever owns the tables, too.
DO $$
DECLARE
    owner text := (SELECT relowner::regrole::text FROM pg_class WHERE oid = 'audit.events'::regclass);
BEGIN
    EXECUTE 'REVOKE UPDATE, TRUNCATE ON audit.events FROM PUBLIC, ' || owner;
    EXECUTE 'REVOKE INSERT, DELETE, TRUNCATE ON audit.tree FROM PUBLIC, ' || owner;
    EXECUTE 'REVOKE UPDATE, DELETE, TRUNCATE ON audit.nodes, audit.checkpoints, audit.verifier_keys, audit.origin'
        || ' FROM PUBLIC, ' || owner;
END
$$;

--changeset aipanel:0005-questions splitStatements:false
-- Request ids begin with their time: each lands beside the one before, so the index costs little.
CREATE INDEX events_by_request ON audit.events (request_id, at, index) WHERE request_id IS NOT NULL;
CREATE INDEX events_by_address ON audit.events (address, at, index) WHERE address IS NOT NULL;
-- Nearly everything succeeds: who wants that finds it by time.
CREATE INDEX events_by_failure ON audit.events (outcome, at, index) WHERE outcome <> 'success';

--changeset aipanel:0006-partitions splitStatements:false
-- The events are in partitions by their indexes, so that what was cut off goes a table at a time. One more is begun at each
-- change of month (UTC), and when the newest has a million events: to say where that one ends, the server has to look through
-- it once. A partition is named after its first index. Whoever appends begins them, and whoever removes what was cut off
-- drops them, by functions that have the owner's rights: the panel's role needs none of its own for that.
ALTER TABLE audit.tree
    ADD COLUMN partition_from      bigint      NOT NULL DEFAULT 0
        CONSTRAINT tree_partition_from_check CHECK (partition_from >= 0),
    ADD COLUMN next_partition_at   timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN next_partition_size bigint      NOT NULL DEFAULT 0;

-- What there is becomes the first partition: no row is copied. Its indexes get the names that those of the others have.
ALTER TABLE audit.events RENAME TO events_0;
ALTER INDEX audit.events_pkey RENAME TO events_0_pkey;
ALTER INDEX audit.events_by_time RENAME TO events_0_at_index_idx;
ALTER INDEX audit.events_by_actor RENAME TO events_0_actor_at_index_idx;
ALTER INDEX audit.events_by_action RENAME TO events_0_action_at_index_idx;
ALTER INDEX audit.events_by_target RENAME TO events_0_target_at_index_idx;
ALTER INDEX audit.events_by_request RENAME TO events_0_request_id_at_index_idx;
ALTER INDEX audit.events_by_address RENAME TO events_0_address_at_index_idx;
ALTER INDEX audit.events_by_failure RENAME TO events_0_outcome_at_index_idx;
DROP TRIGGER events_are_never_removed ON audit.events_0;

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
) PARTITION BY RANGE (index);
CREATE INDEX events_by_time ON audit.events (at, index);
CREATE INDEX events_by_actor ON audit.events (actor, at, index);
CREATE INDEX events_by_action ON audit.events (action, at, index);
CREATE INDEX events_by_target ON audit.events (target, at, index) WHERE target <> '';
CREATE INDEX events_by_request ON audit.events (request_id, at, index) WHERE request_id IS NOT NULL;
CREATE INDEX events_by_address ON audit.events (address, at, index) WHERE address IS NOT NULL;
CREATE INDEX events_by_failure ON audit.events (outcome, at, index) WHERE outcome <> 'success';
CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR TRUNCATE ON audit.events
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON audit.events
    FOR EACH ROW EXECUTE FUNCTION audit.refuse_what_is_not_cut_off();

-- Who had rights on the events has them on all partitions together.
DO $$
DECLARE
    granted record;
BEGIN
    FOR granted IN
        SELECT grantee, privilege_type, is_grantable
        FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE pg_class.oid = 'audit.events_0'::regclass AND grantee <> relowner
    LOOP
        EXECUTE format(
            'GRANT %s ON audit.events TO %s%s', granted.privilege_type,
            CASE WHEN granted.grantee = 0 THEN 'PUBLIC' ELSE granted.grantee::regrole::text END,
            CASE WHEN granted.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
    END LOOP;
    EXECUTE format(
        'REVOKE UPDATE, TRUNCATE ON audit.events FROM PUBLIC, %s',
        (SELECT relowner::regrole FROM pg_class WHERE oid = 'audit.events'::regclass));
END
$$;

-- A partition is changed by way of audit.events only, where the rights and triggers are. Those that hold for each row are the
-- partition's as well; those that hold for a statement are not, and rights are its own.
CREATE FUNCTION audit.guard_partition(partition regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    granted regrole;
BEGIN
    FOR granted IN
        SELECT DISTINCT grantee FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE pg_class.oid = partition AND grantee <> 0
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM PUBLIC, %s', partition, granted);
    END LOOP;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER events_are_never_changed BEFORE UPDATE OR TRUNCATE ON %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', partition);
END
$$;

ALTER TABLE audit.events ATTACH PARTITION audit.events_0 FOR VALUES FROM (0) TO (MAXVALUE);
SELECT audit.guard_partition('audit.events_0');

-- Ends the newest partition at the log's end and begins the next one, if it is time to. Whoever calls has the row of the tree,
-- so nobody is appending. The tables are locked for others only if nobody has them at the moment, so that nobody waits for a
-- backup or another long reader behind this; else it is tried again after a second. (Nobody but a vacuum has a partition
-- without having audit.events: for that it waits a little, as LOCK TABLE would need rights that nobody has.)
CREATE FUNCTION audit.begin_partition() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10ms' AS $$
DECLARE
    most     CONSTANT bigint := 1048576;
    patience interval := current_setting('statement_timeout')::interval;
    log      record;
    newest   text;
    first    bigint;
BEGIN
    SELECT * INTO STRICT log FROM audit.tree ORDER BY size DESC LIMIT 1 FOR UPDATE;
    IF clock_timestamp() < log.next_partition_at AND log.size < log.next_partition_size THEN
        RETURN false;
    END IF;
    newest := format('audit.events_%s', log.partition_from);
    EXECUTE format('SELECT max(index) + 1 FROM %s', newest) INTO first;
    -- What others have put there past the log's end stays where it is.
    first := greatest(log.size, log.adopt_until, log.partition_from, first);
    -- Two hundred in a millisecond are looked through on a slow disk. What takes too long would fail each append.
    IF patience > '0' AND first - log.partition_from > extract(epoch FROM patience) * 200000 THEN
        UPDATE audit.tree
        SET next_partition_at = clock_timestamp() + interval '1 hour', next_partition_size = log.size + most;
        RETURN false;
    END IF;
    IF first > log.partition_from THEN
        LOCK TABLE ONLY audit.events IN ACCESS EXCLUSIVE MODE NOWAIT;
        EXECUTE format('ALTER TABLE audit.events DETACH PARTITION %s', newest);
        EXECUTE format(
            'ALTER TABLE audit.events ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)', newest, log.partition_from, first);
        EXECUTE format(
            'CREATE TABLE audit.events_%1$s PARTITION OF audit.events FOR VALUES FROM (%1$s) TO (MAXVALUE)', first);
        PERFORM audit.guard_partition(format('audit.events_%s', first)::regclass);
    END IF;
    UPDATE audit.tree
    SET partition_from = first,
        next_partition_at =
            (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC',
        next_partition_size = first + most;
    RETURN first > log.partition_from;
EXCEPTION WHEN lock_not_available THEN
    UPDATE audit.tree
    SET next_partition_at = clock_timestamp() + interval '1 second', next_partition_size = size + most;
    RETURN false;
END
$$;

-- Drops the oldest partition if all of it was cut off, and answers how many events went with it; NULL if there is none such,
-- or somebody has it at the moment. Whoever calls has the row of the tree. Nobody waits behind this either. A dropped table is
-- gone for older snapshots, too: so whoever needs the events of one moment locks audit.events before anything else.
CREATE FUNCTION audit.drop_partition() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10ms' AS $$
DECLARE
    log     record;
    oldest  bigint[];
    removed bigint;
BEGIN
    SELECT * INTO STRICT log FROM audit.tree ORDER BY size DESC LIMIT 1 FOR UPDATE;
    SELECT array_agg(first ORDER BY first) INTO oldest
    FROM (
        SELECT substr(relname, 8)::bigint AS first
        FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'audit.events'::regclass
        ORDER BY first LIMIT 2
    ) AS partitions;
    -- The second one begins where the first one ends; the newest has no end.
    IF oldest[2] IS NULL OR oldest[2] > log.cut THEN
        RETURN NULL;
    END IF;
    LOCK TABLE ONLY audit.events IN ACCESS EXCLUSIVE MODE NOWAIT;
    EXECUTE format('SELECT coalesce($1 - min(index), 0) FROM audit.events_%s', oldest[1]) INTO removed USING oldest[2];
    EXECUTE format('DROP TABLE audit.events_%s', oldest[1]);
    RETURN removed;
EXCEPTION WHEN lock_not_available THEN
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION audit.guard_partition, audit.begin_partition, audit.drop_partition FROM PUBLIC;

-- What was there before ends here; a store that is new begins with the present month.
SELECT audit.begin_partition();

--changeset aipanel:0007-anchor-nodes splitStatements:false
-- Each of those who sign brings checkpoints of its own to a place. `signer` is the id of the key, in hexadecimal digits. What
-- was noted before is the newest signer's.
ALTER TABLE audit.anchors ADD COLUMN signer text COLLATE "C" CONSTRAINT anchors_signer_check CHECK (length(signer) = 8);
UPDATE audit.anchors
SET signer = (SELECT split_part(key, '+', 2) FROM audit.verifier_keys ORDER BY seq DESC LIMIT 1);
DELETE FROM audit.anchors WHERE signer IS NULL;
ALTER TABLE audit.anchors
    ALTER COLUMN signer SET NOT NULL,
    DROP CONSTRAINT anchors_pkey,
    ADD CONSTRAINT anchors_pkey PRIMARY KEY (name, signer);

--changeset aipanel:0008-entries splitStatements:false
-- Nothing to be done here: what SQLite writes page by page, PostgreSQL's log has row by row. Both engines go through the
-- same changes.
SELECT 1;

--changeset aipanel:0009-origins splitStatements:false
-- The names that the log has had, one after the other. One that was restored from a backup goes on under another name:
-- `from_size` is how many events it had when it got that. The table stays the one it was, and so do the rights on it.
DROP TRIGGER the_origin_is_never_changed ON audit.origin;
ALTER TABLE audit.origin RENAME TO origins;
ALTER TABLE audit.origins
    DROP COLUMN only_one,
    ADD COLUMN seq integer NOT NULL DEFAULT 1 CONSTRAINT origins_pkey PRIMARY KEY
        CONSTRAINT origins_seq_check CHECK (seq >= 1),
    ALTER COLUMN name TYPE text COLLATE "C",
    ADD CONSTRAINT origins_name_key UNIQUE (name),
    ADD COLUMN from_size bigint NOT NULL DEFAULT 0 CONSTRAINT origins_from_size_check CHECK (from_size >= 0);
ALTER TABLE audit.origins ALTER COLUMN seq DROP DEFAULT, ALTER COLUMN from_size DROP DEFAULT;
CREATE TRIGGER origins_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.origins
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
