package io.aipanel.app;

class SqliteAuditCommandTest extends OnSqlite implements AuditCommandContract {}
