package io.aipanel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Makes a schema as an earlier release has left it. */
final class EarlierSchema {

    private EarlierSchema() {}

    /**
     * Runs the change sets of a schema up to one that had not been written yet.
     *
     * @param directory where the shortened change log is put
     * @param firstUnwritten how the id of the first one begins that is not run
     */
    static void make(TestServer server, String database, Path directory, String schema, String firstUnwritten)
            throws Exception {
        String resource = "io/aipanel/migrations/" + schema + "/postgres/changelog.sql";
        Path file = directory.resolve(resource);
        Files.createDirectories(file.getParent());
        Files.writeString(file, read(resource).split("(?m)^--changeset aipanel:" + firstUnwritten)[0]);
        server.execute(database, "CREATE SCHEMA " + schema + " AUTHORIZATION " + TestServer.ROLE);
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + TestServer.ROLE)) {
            PostgresDatabase liquibaseDatabase = new PostgresDatabase();
            liquibaseDatabase.setConnection(new JdbcConnection(connection));
            liquibaseDatabase.setLiquibaseSchemaName(schema);
            Liquibase liquibase = new Liquibase(resource, new DirectoryResourceAccessor(directory), liquibaseDatabase);
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.update(new Contexts(), new LabelExpression());
        }
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = EarlierSchema.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
