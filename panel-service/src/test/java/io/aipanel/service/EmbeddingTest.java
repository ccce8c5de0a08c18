package io.aipanel.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.service.iam.Actor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells embedders to write compiles and works, as it stands there, on both engines. */
class EmbeddingTest {

    private static final Actor READER = Actor.program("test");

    @TempDir
    Path directory;

    @Test
    void theSnippetOfTheReadmeWorksOnSqlite() throws Exception {
        runAndCheck("sqlite:" + directory.resolve("data"));
    }

    @Test
    void theSnippetOfTheReadmeWorksOnPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(directory.resolve("postgres"))
                .start()) {
            runAndCheck("postgresql://postgres@localhost:" + server.getPort() + "/postgres");
        }
    }

    private void runAndCheck(String storage) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source")).resolve("MyTool.java");
        Files.writeString(source, snippet());
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(
                null,
                null,
                System.err,
                // path: a library's manifest names a neighbour that is not there.
                "-Xlint:all,-path",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
        assertThat(status).as("the snippet compiles without a warning").isZero();

        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            loader.loadClass("MyTool").getMethod("main", String[].class).invoke(null, (Object) new String[] {storage});
        }

        try (Panel panel = Panel.open(PanelOptions.of(storage))) {
            assertThat(panel.audit()
                            .list(READER, AuditFilter.OLDEST, PageRequest.first(10))
                            .items())
                    .singleElement()
                    .satisfies(event -> assertThat(event.event().actor()).isEqualTo("mytool"));
            List<Job> jobs = panel.jobs()
                    .list(READER, JobFilter.ALL, PageRequest.first(10))
                    .items();
            assertThat(jobs)
                    .singleElement()
                    .satisfies(job -> assertThat(job.state())
                            .as("done before the panel was closed, or still to be done")
                            .isIn(JobState.COMPLETED, JobState.PENDING));
        }
    }

    private static String snippet() throws IOException {
        Path readme = Path.of("..", "README.md");
        Matcher block = Pattern.compile("## Embedding.*?```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(readme));
        assertThat(block.find()).as("the README has an embedding snippet").isTrue();
        return block.group(1);
    }
}
