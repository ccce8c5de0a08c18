package io.aipanel.domain.hosting;

/** The database servers that a site's database can live on. */
public enum DatabaseEngine {
    /** MariaDB, or a MySQL that behaves like it. */
    MARIADB,
    /** PostgreSQL. */
    POSTGRESQL
}
