--liquibase formatted sql

-- The store `panel` on PostgreSQL: users, sites, components, settings, and the outbox of what follows from changes.
-- Names are written out in full, so that nothing depends on search_path. Text that is compared or ordered is
-- COLLATE "C": by code point, the same on every engine and under every locale. A change set that is released is never
-- edited: the next change is a new one at the end.

--changeset aipanel:0001-users-and-roles splitStatements:false
CREATE TABLE panel.users (
    id            uuid        CONSTRAINT users_pkey PRIMARY KEY,
    email         text        COLLATE "C" NOT NULL CONSTRAINT users_email_key UNIQUE,
    display_name  text        NOT NULL,
    password_hash text        NOT NULL,
    status        text        COLLATE "C" NOT NULL
                              CONSTRAINT users_status_check CHECK (status IN ('active', 'disabled')),
    created_at    timestamptz NOT NULL,
    last_login_at timestamptz,
    version       bigint      NOT NULL CONSTRAINT users_version_check CHECK (version >= 1)
);

CREATE TABLE panel.roles (
    name        text    COLLATE "C" CONSTRAINT roles_pkey PRIMARY KEY,
    description text    NOT NULL,
    built_in    boolean NOT NULL
);

-- The built-in roles are here only so that user_roles can refer to them; what they allow grows with the program.
INSERT INTO panel.roles (name, description, built_in)
VALUES ('admin', '', true), ('operator', '', true), ('auditor', '', true), ('user', '', true);

CREATE TABLE panel.role_permissions (
    role       text COLLATE "C" NOT NULL CONSTRAINT role_permissions_role_fkey REFERENCES panel.roles ON DELETE CASCADE,
    permission text COLLATE "C" NOT NULL,
    CONSTRAINT role_permissions_pkey PRIMARY KEY (role, permission)
);

CREATE TABLE panel.user_roles (
    user_id uuid NOT NULL CONSTRAINT user_roles_user_id_fkey REFERENCES panel.users ON DELETE CASCADE,
    role    text COLLATE "C" NOT NULL CONSTRAINT user_roles_role_fkey REFERENCES panel.roles,
    CONSTRAINT user_roles_pkey PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_by_role ON panel.user_roles (role);

--changeset aipanel:0002-sessions-and-tokens splitStatements:false
CREATE TABLE panel.sessions (
    id           uuid        CONSTRAINT sessions_pkey PRIMARY KEY,
    token_hash   text        COLLATE "C" NOT NULL CONSTRAINT sessions_token_hash_key UNIQUE,
    user_id      uuid        NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES panel.users ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    address      text        NOT NULL,
    agent        text        NOT NULL
);
CREATE INDEX sessions_by_user ON panel.sessions (user_id, created_at, id);
CREATE INDEX sessions_by_last_seen ON panel.sessions (last_seen_at);
CREATE INDEX sessions_by_expiry ON panel.sessions (expires_at);

CREATE TABLE panel.api_tokens (
    id           uuid        CONSTRAINT api_tokens_pkey PRIMARY KEY,
    user_id      uuid        NOT NULL CONSTRAINT api_tokens_user_id_fkey REFERENCES panel.users ON DELETE CASCADE,
    name         text        COLLATE "C" NOT NULL,
    token_hash   text        COLLATE "C" NOT NULL CONSTRAINT api_tokens_token_hash_key UNIQUE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_tokens_name_key UNIQUE (user_id, name)
);

--changeset aipanel:0003-login-attempts splitStatements:false
-- Attempts that count as failures. A success takes its own row away and clears the account of the others, which then
-- count for their address alone.
CREATE TABLE panel.login_attempts (
    id      bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT login_attempts_pkey PRIMARY KEY,
    account text        COLLATE "C",
    address text        COLLATE "C" NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX login_attempts_by_account ON panel.login_attempts (account, at);
CREATE INDEX login_attempts_by_address ON panel.login_attempts (address, at);
CREATE INDEX login_attempts_by_time ON panel.login_attempts (at);

--changeset aipanel:0004-sites splitStatements:false
CREATE TABLE panel.sites (
    id            uuid        CONSTRAINT sites_pkey PRIMARY KEY,
    document_root text        NOT NULL,
    php_version   text,
    "system_user" text,
    owner         uuid        NOT NULL CONSTRAINT sites_owner_fkey REFERENCES panel.users,
    status        text        COLLATE "C" NOT NULL
                              CONSTRAINT sites_status_check CHECK (status IN ('active', 'suspended')),
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    version       bigint      NOT NULL CONSTRAINT sites_version_check CHECK (version >= 1)
);
CREATE INDEX sites_by_owner ON panel.sites (owner);

-- Primary names and aliases share one table, because no two sites may share any name.
CREATE TABLE panel.site_names (
    host_name  text    COLLATE "C" CONSTRAINT site_names_pkey PRIMARY KEY,
    site_id    uuid    NOT NULL CONSTRAINT site_names_site_id_fkey REFERENCES panel.sites ON DELETE CASCADE,
    is_primary boolean NOT NULL
);
CREATE INDEX site_names_by_site ON panel.site_names (site_id);
CREATE UNIQUE INDEX site_names_one_primary ON panel.site_names (site_id) WHERE is_primary;
CREATE INDEX site_names_primary_in_order ON panel.site_names (host_name) WHERE is_primary;

CREATE TABLE panel.site_databases (
    id         uuid        CONSTRAINT site_databases_pkey PRIMARY KEY,
    site_id    uuid        NOT NULL CONSTRAINT site_databases_site_id_fkey REFERENCES panel.sites,
    engine     text        COLLATE "C" NOT NULL
                           CONSTRAINT site_databases_engine_check CHECK (engine IN ('mariadb', 'postgresql')),
    name       text        COLLATE "C" NOT NULL,
    user_name  text        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT site_databases_name_key UNIQUE (engine, name)
);
CREATE INDEX site_databases_by_site ON panel.site_databases (site_id);

--changeset aipanel:0005-components splitStatements:false
CREATE TABLE panel.components (
    name            text        COLLATE "C" CONSTRAINT components_pkey PRIMARY KEY,
    source          text        NOT NULL,
    installed       text,
    candidate       text,
    policy          text        COLLATE "C" NOT NULL
                                CONSTRAINT components_policy_check CHECK (policy IN ('automatic', 'notify', 'hold')),
    pin_version     text,
    pin_reason      text,
    pin_expires_at  timestamptz,
    last_checked_at timestamptz,
    CONSTRAINT components_pin_check CHECK ((pin_version IS NULL) = (pin_reason IS NULL)
                                           AND (pin_version IS NOT NULL OR pin_expires_at IS NULL))
);

-- No reference to components: the history of one that was removed stays.
CREATE TABLE panel.component_changes (
    number    bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT component_changes_pkey PRIMARY KEY,
    name      text        COLLATE "C" NOT NULL,
    at        timestamptz NOT NULL,
    source    text        NOT NULL,
    installed text,
    candidate text
);
CREATE INDEX component_changes_by_name ON panel.component_changes (name, number);

--changeset aipanel:0006-settings splitStatements:false
CREATE TABLE panel.settings (
    name       text        COLLATE "C" CONSTRAINT settings_pkey PRIMARY KEY,
    value      text        NOT NULL,
    secret     boolean     NOT NULL,
    updated_at timestamptz NOT NULL
);

--changeset aipanel:0007-outbox splitStatements:false
-- What follows from a committed change, until the relay has moved it. One sequence for both tables: the oldest effect
-- is the one with the smallest number, and the distance between the ends is a cheap upper bound of how many wait. A row
-- with failed_at was refused by its destination and is kept for people to see.
CREATE SEQUENCE panel.outbox_seq;

CREATE TABLE panel.audit_outbox (
    seq        bigint      DEFAULT nextval('panel.outbox_seq') CONSTRAINT audit_outbox_pkey PRIMARY KEY,
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
CREATE INDEX audit_outbox_waiting ON panel.audit_outbox (seq) WHERE failed_at IS NULL;

CREATE TABLE panel.job_outbox (
    seq          bigint      DEFAULT nextval('panel.outbox_seq') CONSTRAINT job_outbox_pkey PRIMARY KEY,
    effect_id    uuid        NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    queue        text        COLLATE "C" NOT NULL,
    payload      text        NOT NULL,
    priority     integer     NOT NULL,
    run_at       timestamptz,
    unique_key   text        COLLATE "C",
    max_attempts integer     NOT NULL,
    first_delay  bigint      NOT NULL,
    max_delay    bigint      NOT NULL,
    failed_at    timestamptz,
    failure      text
);
CREATE INDEX job_outbox_waiting ON panel.job_outbox (seq) WHERE failed_at IS NULL;

--changeset aipanel:0008-job-outbox splitStatements:false
ALTER TABLE panel.job_outbox
    ADD COLUMN delay           bigint,
    ADD COLUMN unique_for      bigint,
    ADD COLUMN concurrency_key text COLLATE "C",
    ALTER COLUMN max_attempts DROP NOT NULL,
    ALTER COLUMN first_delay DROP NOT NULL,
    ALTER COLUMN max_delay DROP NOT NULL,
    ADD CONSTRAINT job_outbox_retry_check CHECK (num_nulls(max_attempts, first_delay, max_delay) IN (0, 3));

--changeset aipanel:0009-capacity splitStatements:false
-- In the order of time, because that is how samples come, are read and go.
CREATE TABLE panel.capacity_samples (
    step      text             COLLATE "C" NOT NULL
                               CONSTRAINT capacity_samples_step_check CHECK (step IN ('minute', 'hour', 'day')),
    at        timestamptz      NOT NULL,
    series    text             COLLATE "C" NOT NULL,
    source    text             COLLATE "C" NOT NULL,
    count     bigint           NOT NULL,
    min       double precision NOT NULL,
    sum       double precision NOT NULL,
    max       double precision NOT NULL,
    histogram bytea,
    CONSTRAINT capacity_samples_pkey PRIMARY KEY (step, at, series, source)
);

CREATE TABLE panel.capacity_states (
    threshold   text        COLLATE "C" CONSTRAINT capacity_states_pkey PRIMARY KEY,
    state       text        COLLATE "C" NOT NULL
                            CONSTRAINT capacity_states_state_check
                            CHECK (state IN ('ok', 'warning', 'breached', 'unknown')),
    since       timestamptz NOT NULL,
    notified_at timestamptz
);
