package io.aipanel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Invocation;
import io.aipanel.app.cli.Shell.Outcome;
import io.aipanel.app.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How commands are asked, and what happens when they are asked wrongly. */
class UsageTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "|needs a command: serve, user, jobs, queues, schedules, audit, backup, capacity, versions, storage, doctor, version",
                "user|'panel user' needs a command: add, list, disable, enable, reset-password",
                "usr list|there is no command 'panel usr'; did you mean user? valid are: serve, user,",
                "user lst|did you mean list?",
                "jobs repeat 1|there is no command 'panel jobs repeat'; valid are: enqueue, list, show, retry, cancel, stats",
                "jobs retry|which jobs? Give their numbers, or --queue, --type, --state or --key, or --all",
                "jobs cancel 1 --all|exclude each other",
                "jobs cancel --type mail --all|exclude each other",
                "jobs cancel one|id must be a positive whole number",
                "jobs cancel --all|no terminal to ask on whether this is really meant: add --yes",
                "jobs retry --state dead --yes|--state must not be 'dead'",
                "jobs enqueue work --delay -5s|--delay must be a duration",
                "jobs enqueue work --delay PT-5S|delay must not be negative",
                "jobs enqueue work --delay 366d|delay must be at most 365 days",
                "jobs enqueue work --delay 1s --run-at 2099-01-01T00:00:00Z|--run-at and --delay exclude each other",
                "jobs enqueue work --unique-for 1h|--unique-for means nothing without --unique-key",
                "jobs enqueue work --max-attempts 0|maxAttempts must be between 1 and 1000",
                "jobs enqueue work --first-delay 2h --max-delay 1h|maxDelay must be between firstDelay and 7 days",
                "jobs enqueue work --priority 1001|priority must be between -1000 and 1000",
                "audit proof|Missing required parameter: 'INDEX'",
                "audit proof one|'one' is not a long",
                "audit consistency 1|Missing required parameter: 'TO'",
                "audit cut --yes|where? Give --below or --before",
                "audit cut --below 1 --before 2026-01-01T00:00:00Z|where? Give --below or --before",
                "audit cut --before yesterday|--before must be a time with its zone",
                "audit cut --below 1|no terminal to ask on",
                "audit export --format xml|--format must not be 'xml'; valid are: ndjson, csv",
                "audit export --text x|text must be asked for together with something else",
                "audit export --overwrite|--overwrite means nothing without --output",
                "audit export --output .|--output . is a directory: name a file",
                "audit verify --checkpoint nowhere|--checkpoint nowhere cannot be read",
                "queues pause|Missing required parameter: 'NAME'",
                "queues pause no/queue|queue must be 1 to 100 characters",
                "queues limit slow|which limit? Give --max-running, --max-running-per-key or --rate",
                "queues limit slow --max-running few|--max-running must be a whole number or none",
                "queues limit slow --max-running 0|maxRunning must be between 1 and 100000",
                "queues limit slow --rate 5|--rate must be a number and a duration such as 100/1m",
                "queues limit slow --rate 5/1ms|period must be between 1 second and 1 day",
                "schedules add nightly work|Missing required option: '--cron=FIELDS'",
                "schedules add nightly work --cron @daily --zone Mars/Base|--zone must be a time zone such as",
                "schedules add a/b work --cron @daily|name must be 1 to 100 characters",
                "user list --jsn|there is no option --jsn of 'panel user list'; did you mean --json?",
                "user add a@example.com --rol=admin|there is no option --rol of 'panel user add'; did you mean --role?",
                "user add a@example.com|Missing required option: '--role=ROLE'",
                "user add --role admin|Missing required parameter: 'EMAIL'",
                "user add nobody --role admin --password-stdin|email must be an address such as anna@example.com",
                "user list now|'panel user list' takes no argument 'now'",
                "jobs list --limit many|'many' is not an int",
                "jobs list --limit 0|limit must be between 1 and 1000",
                "jobs list --cursor x|cursor must be the nextCursor of an earlier page",
                "jobs list --state complete|--state must not be 'complete'; did you mean completed?",
                "jobs show one|id must be a positive whole number",
                "jobs enqueue work --payload {} --payload-file x|--payload and --payload-file exclude each other",
                "jobs enqueue work --payload-file missing.json|missing.json does not exist",
                "jobs enqueue work --run-at tomorrow|--run-at must be a time with its zone",
                "audit record file.copy --outcome won|valid are: success, refused, failure",
                "user list --storage mysql:x|storage has the scheme 'mysql'",
                "user list --storage here|storage must be sqlite:DIRECTORY or postgresql:",
                "user list --config missing.properties|there is no configuration file",
                "serve --listen here|listen must be an address and a port"
            })
    void whatIsAskedWronglyIsToldInOneLineAndChangesNothing(String command, String told) {
        String[] arguments = command == null ? new String[0] : command.split(" ");

        Outcome outcome = run("a good password\n", arguments);

        assertThat(outcome.err())
                .startsWith("panel: ")
                .contains(told)
                .endsWith("\n")
                .hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(directory.resolve("panel-data")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aProgramGetsOneJsonDocumentAlsoWhenItFails(String[] arguments, int exitCode) {
        Outcome outcome = run("", arguments);

        JsonNode document = Commands.document(outcome.out());
        assertThat(outcome.err()).isEqualTo("panel: " + document.get("error").asText() + "\n");
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new String[] {"--json"}, 2),
                Arguments.of(new String[] {"usr", "--json"}, 2),
                Arguments.of(new String[] {"--json", "user", "list", "--x"}, 2),
                Arguments.of(new String[] {"jobs", "list", "--json", "--state", "lost"}, 2),
                Arguments.of(new String[] {"user", "list", "--json", "\uFFFD"}, 2),
                Arguments.of(new String[] {"user", "disable", "--json", "nobody@example.com"}, 1),
                Arguments.of(new String[] {"jobs", "show", "7", "--json"}, 1));
    }

    @Test
    void globalOptionsAreTakenBeforeAndAfterTheCommand() {
        String storage = "sqlite:" + directory.resolve("elsewhere");

        assertThat(run("", "--storage", storage, "--json", "user", "list").out())
                .startsWith("{");
        assertThat(run("", "user", "--storage=" + storage, "list", "--json").out())
                .startsWith("{");
        assertThat(run("", "user", "list", "--json", "--storage", storage).out())
                .startsWith("{");
        assertThat(directory.resolve("elsewhere")).isDirectory();
        assertThat(directory.resolve("panel-data")).doesNotExist();
    }

    @Test
    void helpIsAnAnswer() {
        assertThat(run("", "--help"))
                .satisfies(outcome -> assertThat(outcome.out()).contains("Usage: panel", "serve", "doctor"))
                .satisfies(outcome -> assertThat(outcome.err()).isEmpty())
                .extracting(Outcome::exitCode)
                .isEqualTo(0);
        assertThat(run("", "user", "add", "-h").out()).contains("Usage: panel user add", "--password-stdin");
    }

    @Test
    void theVersionIsToldWithoutAStorageOrAConfiguration() throws IOException {
        Files.writeString(directory.resolve("panel.properties"), "nonsense = true\n");

        assertThat(Commands.document(run("", "version", "--json").out())
                        .get("version")
                        .asText())
                .isEqualTo("development");
        assertThat(run("", "version").out())
                .isEqualTo("panel development (Java " + System.getProperty("java.version") + ")\n");
    }

    @Test
    void quietLeavesWarningsOut() {
        String url = "postgresql://panel:hunter22@127.0.0.1:1/panel";

        assertThat(run("", "user", "list", "--storage", url).err())
                .contains("visible to others")
                .doesNotContain("hunter22");
        assertThat(run("", "user", "list", "--storage", url, "--quiet").err())
                .doesNotContain("visible to others", "hunter22")
                .isNotEmpty();
    }

    @Test
    void aNumberMayBeNegative() {
        assertThat(document("", "jobs", "enqueue", "work", "--priority", "-5")
                        .get("priority")
                        .asInt())
                .isEqualTo(-5);
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no room");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(full, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty());

        int exitCode = Program.run(new Invocation(terminal, Map.of(), directory, Commands.HOST), "version");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("standard output")
                .hasLineCount(1);
    }

    @Test
    void verboseShowsWhereAnErrorCameFrom() {
        assertThat(run("", "jobs", "show", "7").err()).hasLineCount(1);
        assertThat(run("", "jobs", "show", "7", "--verbose").err()).contains("NotFound", "\tat ");
    }

    @Test
    void theStorageAlsoComesFromAVariableOrAFile() throws IOException {
        Commands commands = new Commands("", directory);
        Path fromVariable = directory.resolve("variable");
        Path fromFile = directory.resolve("file");
        Files.writeString(directory.resolve("panel.properties"), "storage = sqlite:" + fromFile + "\n");

        assertThat(commands.plain("", Map.of(), "user", "list").exitCode()).isZero();
        assertThat(fromFile).isDirectory();
        assertThat(commands.plain("", Map.of("PANEL_STORAGE", "sqlite:" + fromVariable), "user", "list")
                        .exitCode())
                .isZero();
        assertThat(fromVariable).isDirectory();
    }

    @Test
    void aPayloadComesFromAFileOrFromStandardInput() throws IOException {
        Files.writeString(directory.resolve("payload.json"), "{\"from\":\"file\"}");

        assertThat(document("", "jobs", "enqueue", "work", "--payload-file", "payload.json")
                        .at("/payload/from")
                        .asText())
                .isEqualTo("file");
        assertThat(document("{\"from\":\"input\"}", "jobs", "enqueue", "work", "--payload-file", "-")
                        .at("/payload/from")
                        .asText())
                .isEqualTo("input");
    }

    private JsonNode document(String in, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments), Stream.of("--json", "--storage", "sqlite:" + directory.resolve("data")))
                .toArray(String[]::new);
        return Commands.document(
                new Commands("", directory).plain(in, Map.of(), all).out());
    }

    /** Runs a command on a storage below the directory unless it names one. */
    private Outcome run(String in, String... arguments) {
        return new Commands("", directory)
                .plain(in, Map.of("PANEL_STORAGE", "sqlite:" + directory.resolve("panel-data")), arguments);
    }
}
