package io.aipanel.app.serve;

import io.aipanel.app.OnPostgres;

class PostgresRestoreInPlaceTest extends OnPostgres implements RestoreInPlaceContract {}
