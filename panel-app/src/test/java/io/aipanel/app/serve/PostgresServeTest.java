package io.aipanel.app.serve;

import io.aipanel.app.OnPostgres;

class PostgresServeTest extends OnPostgres implements ServeContract {}
