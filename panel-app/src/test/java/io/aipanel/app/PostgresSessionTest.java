package io.aipanel.app;

class PostgresSessionTest extends OnPostgres implements SessionContract {}
