package io.aipanel.app;

class SqliteSessionTest extends OnSqlite implements SessionContract {}
