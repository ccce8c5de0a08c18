package io.aipanel.app;

class PostgresBackupCommandTest extends OnPostgres implements BackupCommandContract {}
