package io.aipanel.app;

class PostgresAuditCommandTest extends OnPostgres implements AuditCommandContract {}
