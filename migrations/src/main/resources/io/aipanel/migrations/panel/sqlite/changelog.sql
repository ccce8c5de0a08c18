--liquibase formatted sql

-- The panel store on SQLite. Read from top to bottom; a change that was released is never edited.
--
-- Times are microseconds since 1970-01-01T00:00:00Z, durations are microseconds, ids are UUIDs as lower-case text (which
-- sorts as the bytes do), enums are their lower-case or wire names. Text compares by code point: the BINARY collation.

--changeset aipanel:0001-users-and-roles
CREATE TABLE roles (
    name        TEXT    NOT NULL PRIMARY KEY,
    description TEXT    NOT NULL,
    built_in    INTEGER NOT NULL CHECK (built_in IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What the built-in roles allow lives in code, so that it grows with the program. Here they are for the references only.
INSERT INTO roles (name, description, built_in)
VALUES ('admin', '', 1), ('operator', '', 1), ('auditor', '', 1), ('user', '', 1);

CREATE TABLE role_permissions (
    role       TEXT NOT NULL REFERENCES roles (name) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL UNIQUE,
    display_name  TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('active', 'disabled')),
    created_at    INTEGER NOT NULL,
    last_login_at INTEGER,
    version       INTEGER NOT NULL
) STRICT;

CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    TEXT NOT NULL REFERENCES roles (name) ON DELETE RESTRICT,
    PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_roles_by_role ON user_roles (role);

--changeset aipanel:0002-sessions-and-tokens
CREATE TABLE sessions (
    id           TEXT    NOT NULL PRIMARY KEY,
    token_hash   TEXT    NOT NULL UNIQUE,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    agent        TEXT    NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id, created_at, id);
CREATE INDEX sessions_by_last_seen ON sessions (last_seen_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    id           TEXT    NOT NULL PRIMARY KEY,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    token_hash   TEXT    NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    last_used_at INTEGER,
    UNIQUE (user_id, name)
) STRICT;

--changeset aipanel:0003-login-attempts
-- AUTOINCREMENT: the number of an attempt that is forgotten is never given to another one.
CREATE TABLE login_attempts (
    id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account TEXT,
    address TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX login_attempts_by_account ON login_attempts (account, at) WHERE account IS NOT NULL;
CREATE INDEX login_attempts_by_address ON login_attempts (address, at);
CREATE INDEX login_attempts_by_time ON login_attempts (at);

--changeset aipanel:0004-sites
CREATE TABLE sites (
    id            TEXT    NOT NULL PRIMARY KEY,
    document_root TEXT    NOT NULL,
    php_version   TEXT,
    system_user   TEXT,
    owner         TEXT    NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    status        TEXT    NOT NULL CHECK (status IN ('active', 'suspended')),
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;

CREATE INDEX sites_by_owner ON sites (owner);

-- Primary names and aliases side by side: one key keeps every host name unique over all sites.
CREATE TABLE site_names (
    host_name  TEXT    NOT NULL PRIMARY KEY,
    site_id    TEXT    NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX site_names_by_site ON site_names (site_id);
CREATE UNIQUE INDEX site_names_one_primary ON site_names (site_id) WHERE is_primary = 1;

CREATE TABLE site_databases (
    id         TEXT    NOT NULL PRIMARY KEY,
    site_id    TEXT    NOT NULL REFERENCES sites (id) ON DELETE RESTRICT,
    engine     TEXT    NOT NULL CHECK (engine IN ('mariadb', 'postgresql')),
    name       TEXT    NOT NULL,
    user_name  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (engine, name)
) STRICT;

CREATE INDEX site_databases_by_site ON site_databases (site_id);

--changeset aipanel:0005-components
CREATE TABLE components (
    name            TEXT NOT NULL PRIMARY KEY,
    source          TEXT NOT NULL,
    installed       TEXT,
    candidate       TEXT,
    policy          TEXT NOT NULL CHECK (policy IN ('automatic', 'notify', 'hold')),
    pin_version     TEXT,
    pin_reason      TEXT,
    pin_expires_at  INTEGER,
    last_checked_at INTEGER,
    CHECK ((pin_version IS NULL) = (pin_reason IS NULL)),
    CHECK (pin_version IS NOT NULL OR pin_expires_at IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE component_changes (
    number    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    source    TEXT    NOT NULL,
    installed TEXT,
    candidate TEXT
) STRICT;

CREATE INDEX component_changes_by_name ON component_changes (name);

--changeset aipanel:0006-settings
CREATE TABLE settings (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    secret     INTEGER NOT NULL CHECK (secret IN (0, 1)),
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

--changeset aipanel:0007-outbox
-- AUTOINCREMENT: the relay deletes what it has moved, and the order of what comes later must still grow.
CREATE TABLE audit_outbox (
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

CREATE INDEX audit_outbox_set_aside ON audit_outbox (seq) WHERE failed_at IS NOT NULL;

CREATE TABLE job_outbox (
    seq          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    effect_id    TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    queue        TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    priority     INTEGER NOT NULL,
    run_at       INTEGER,
    unique_key   TEXT,
    max_attempts INTEGER NOT NULL,
    first_delay  INTEGER NOT NULL,
    max_delay    INTEGER NOT NULL,
    failed_at    INTEGER,
    failure      TEXT,
    CHECK ((failed_at IS NULL) = (failure IS NULL))
) STRICT;

CREATE INDEX job_outbox_set_aside ON job_outbox (seq) WHERE failed_at IS NOT NULL;

--changeset aipanel:0008-job-outbox
-- SQLite cannot let a column be null that was not: the table is made anew, and what waits is moved over under its
-- numbers.
ALTER TABLE job_outbox RENAME TO job_outbox_before;

CREATE TABLE job_outbox (
    seq             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    effect_id       TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    queue           TEXT    NOT NULL,
    payload         TEXT    NOT NULL,
    priority        INTEGER NOT NULL,
    run_at          INTEGER,
    delay           INTEGER,
    unique_key      TEXT,
    unique_for      INTEGER,
    concurrency_key TEXT,
    max_attempts    INTEGER,
    first_delay     INTEGER,
    max_delay       INTEGER,
    failed_at       INTEGER,
    failure         TEXT,
    CHECK ((failed_at IS NULL) = (failure IS NULL))
) STRICT;

INSERT INTO job_outbox
    (seq, effect_id, type, queue, payload, priority, run_at, unique_key, max_attempts, first_delay, max_delay, failed_at,
     failure)
SELECT seq, effect_id, type, queue, payload, priority, run_at, unique_key, max_attempts, first_delay, max_delay,
       failed_at, failure
FROM job_outbox_before;

DELETE FROM sqlite_sequence WHERE name = 'job_outbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'job_outbox', seq FROM sqlite_sequence WHERE name = 'job_outbox_before';
DROP TABLE job_outbox_before;

CREATE INDEX job_outbox_set_aside ON job_outbox (seq) WHERE failed_at IS NOT NULL;

--changeset aipanel:0009-capacity
-- In the order of time, because that is how samples come, are read and go. No sample is longer than a quarter of a page.
CREATE TABLE capacity_samples (
    step      TEXT    NOT NULL CHECK (step IN ('minute', 'hour', 'day')),
    at        INTEGER NOT NULL,
    series    TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    count     INTEGER NOT NULL,
    min       REAL    NOT NULL,
    sum       REAL    NOT NULL,
    max       REAL    NOT NULL,
    histogram BLOB,
    PRIMARY KEY (step, at, series, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE capacity_states (
    threshold   TEXT    NOT NULL PRIMARY KEY,
    state       TEXT    NOT NULL CHECK (state IN ('ok', 'warning', 'breached', 'unknown')),
    since       INTEGER NOT NULL,
    notified_at INTEGER
) STRICT, WITHOUT ROWID;
