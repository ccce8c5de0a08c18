package io.aipanel.app;

import static io.aipanel.app.Commands.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipanel.app.cli.Shell.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** One day at the command line, which must go the same way on every engine. */
interface SessionContract {

    /** What differs from one run to the next: ids, times, and how long ago something was. */
    Pattern VARYING = Pattern.compile(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z|\\((in )?[0-9]+ (s|min|h|d)( ago)?\\)|cli:[^\"\\s]+|(?<=--cursor )\\S+");

    /** Commands on a storage that is empty at first. */
    Commands commands();

    @Test
    default void aDayAtTheCommandLineGivesTheSameAnswersOnEveryEngine() {
        List<String> transcript = new ArrayList<>();
        for (List<String> command : day()) {
            Outcome outcome = commands().runWith(PASSWORD + "\n", command.toArray(String[]::new));
            String said = outcome.exitCode() + "\n" + outcome.out() + outcome.err();
            transcript.add("$ panel " + String.join(" ", command) + " -> "
                    + VARYING.matcher(said).replaceAll("*").replaceAll(" +", " "));
        }

        assertThat(String.join("\n", transcript).stripTrailing()).isEqualTo(ExpectedDay.text());
    }

    /** The commands, in order. */
    static List<List<String>> day() {
        return List.of(
                List.of("user", "list"),
                List.of("user", "add", "Anna@Example.com", "--role", "admin", "--password-stdin"),
                List.of("user", "add", "anna@example.com", "--role", "admin", "--password-stdin"),
                List.of("user", "add", "bob@example.com", "--role", "operater", "--password-stdin"),
                List.of(
                        "user",
                        "add",
                        "bob@example.com",
                        "--role",
                        "operator",
                        "--role",
                        "auditor",
                        "--name",
                        "Bob Builder",
                        "--password-stdin",
                        "--json"),
                List.of("user", "disable", "bob@example.com"),
                List.of("user", "disable", "anna@example.com"),
                List.of("user", "enable", "bob@example.com", "--json"),
                List.of("user", "enable", "carol@example.com"),
                List.of("user", "reset-password", "bob@example.com", "--password-stdin"),
                List.of("user", "list"),
                List.of("user", "list", "--json"),
                List.of("versions", "list"),
                List.of("versions", "refresh"),
                List.of("versions", "list", "--json"),
                List.of("jobs", "stats"),
                List.of("jobs", "enqueue", "mail.send", "--payload", "{\"to\": \"ä@example.com\"}", "--priority", "5"),
                List.of(
                        "jobs",
                        "enqueue",
                        "mail.send",
                        "--unique-key",
                        "daily",
                        "--run-at",
                        "2099-01-01T00:00:00+01:00"),
                List.of("jobs", "enqueue", "mail.send", "--payload", "{broken"),
                List.of("jobs", "enqueue", "report", "--queue", "slow", "--priority", "1001"),
                List.of("jobs", "enqueue", "report", "--queue", "slow", "--json"),
                List.of(
                        "jobs",
                        "enqueue",
                        "thumbnail",
                        "--delay",
                        "30d",
                        "--unique-key",
                        "t",
                        "--unique-for",
                        "1h",
                        "--concurrency-key",
                        "disk",
                        "--max-attempts",
                        "7",
                        "--json"),
                List.of("jobs", "enqueue", "mail.send", "--unique-key", "daily", "--json"),
                List.of("jobs", "list"),
                List.of("jobs", "list", "--queue", "default", "--type", "mail.send", "--limit", "1", "--json"),
                List.of("jobs", "list", "--state", "completed"),
                List.of("jobs", "show", "1", "--json"),
                List.of("jobs", "show", "1"),
                List.of("jobs", "show", "99"),
                List.of("jobs", "stats"),
                List.of("jobs", "stats", "--json"),
                List.of("jobs", "list", "--key", "t"),
                List.of("jobs", "cancel", "4"),
                List.of("jobs", "cancel", "4"),
                List.of("jobs", "retry", "4", "1", "99", "--json"),
                List.of("jobs", "cancel", "--queue", "slow"),
                List.of("jobs", "cancel", "--queue", "slow", "--yes"),
                List.of("jobs", "cancel", "--type", "mail.send", "--state", "pending", "--yes", "--json"),
                List.of("jobs", "retry", "--all", "--yes"),
                List.of("jobs", "retry", "--state", "cancelled", "--yes"),
                List.of("queues", "pause", "slow"),
                List.of("queues", "pause", "slow", "--json"),
                List.of("queues", "limit", "slow", "--max-running", "3", "--rate", "100/1m", "--json"),
                List.of("queues", "limit", "slow", "--max-running", "none", "--max-running-per-key", "2"),
                List.of("queues", "limit", "slow", "--max-running", "none"),
                List.of("queues", "list"),
                List.of("queues", "list", "--json"),
                List.of("queues", "resume", "slow"),
                List.of("queues", "resume", "slow"),
                List.of("schedules", "list"),
                List.of(
                        "schedules",
                        "add",
                        "nightly",
                        "site.backup",
                        "--cron",
                        "30 3 * * *",
                        "--zone",
                        "Europe/Berlin",
                        "--queue",
                        "slow",
                        "--json"),
                List.of("schedules", "add", "nightly", "site.backup", "--cron", "@daily"),
                List.of("schedules", "add", "nightly", "site.backup", "--cron", "@daily", "--replace"),
                List.of("schedules", "add", "never", "site.backup", "--cron", "0 0 30 2 *"),
                List.of("schedules", "list"),
                List.of("schedules", "list", "--json"),
                List.of("schedules", "remove", "nightly"),
                List.of("schedules", "remove", "nightly"),
                List.of("audit", "list", "--action", "job."),
                List.of("audit", "list", "--action", "queue."),
                List.of("audit", "list", "--action", "schedule."),
                List.of("audit", "record", "backup.copy", "--target", "disk:b", "--details", "{\"size\": 1}"),
                List.of("audit", "record", "backup.copy", "--outcome", "failure", "--actor", "cron", "--json"),
                List.of("audit", "record", "Backup Copy"),
                List.of("audit", "record", "backup.copy", "--outcome", "failed"),
                List.of("audit", "list", "--action", "user.", "--json"),
                List.of("audit", "list", "--actor", "cron"),
                List.of("audit", "list", "--limit", "2", "--outcome", "success"),
                List.of("audit", "list", "--from", "yesterday"),
                List.of("audit", "list", "--from", "2099-01-01T00:00:00Z"));
    }

    @Test
    default void everyChangeIsRecordedOnce() {
        commands().jsonWith(PASSWORD, "user", "add", "anna@example.com", "--role", "admin", "--password-stdin");
        commands().jsonWith(PASSWORD, "user", "add", "bob@example.com", "--role", "user", "--password-stdin");
        commands().json("user", "disable", "bob@example.com");
        commands().json("versions", "refresh");

        JsonNode items = commands().json("audit", "list").get("items");
        assertThat(StreamSupport.stream(items.spliterator(), false)
                        .map(item -> item.get("index").asLong() + " "
                                + item.get("action").asText()))
                .containsExactly("3 component.refresh", "2 user.disable", "1 user.add", "0 user.add");
    }

    @Test
    default void eventsAreFoundByTheirDetailsAndCounted() {
        commands().json("audit", "record", "backup.copy", "--target", "disk:b", "--details", "{\"size\": 1}");
        commands().json("audit", "record", "backup.copy", "--target", "disk:c", "--details", "{\"size\": 22}");
        commands().json("audit", "record", "backup.check", "--outcome", "failure");

        assertThat(commands()
                        .json("audit", "list", "--action", "backup.", "--text", "22")
                        .get("items"))
                .hasSize(1);
        assertThat(commands()
                        .json("audit", "list", "--oldest-first", "--limit", "1")
                        .at("/items/0/target")
                        .asText())
                .isEqualTo("disk:b");
        assertThat(commands().json("audit", "summary").get("items").toString())
                .isEqualTo("[{\"group\":\"backup.copy\",\"events\":2},{\"group\":\"backup.check\",\"events\":1}]");
        assertThat(commands().run("audit", "summary", "--by", "outcome").out())
                .isEqualTo("OUTCOME  EVENTS\nsuccess  2\nfailure  1\n");
        assertThat(commands().run("audit", "summary", "--by", "week").exitCode())
                .isEqualTo(2);
        assertThat(commands().run("audit", "list", "--text", "22").exitCode()).isEqualTo(2);
    }

    @Test
    default void aListGoesOnWhereItsCursorSays() {
        for (int i = 0; i < 5; i++) {
            commands().json("jobs", "enqueue", "work");
        }

        List<Long> ids = new ArrayList<>();
        List<String> next = new ArrayList<>();
        do {
            List<String> command = new ArrayList<>(List.of("jobs", "list", "--limit", "2"));
            next.stream().map(cursor -> "--cursor=" + cursor).forEach(command::add);
            JsonNode page = commands().json(command.toArray(String[]::new));
            page.get("items").forEach(item -> ids.add(item.get("id").asLong()));
            next.clear();
            if (!page.get("nextCursor").isNull()) {
                next.add(page.get("nextCursor").asText());
            }
        } while (!next.isEmpty());

        assertThat(ids)
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @Test
    default void theDoctorFindsAHealthyStorageHealthy() {
        JsonNode answer = commands().json("doctor");

        assertThat(answer.get("healthy").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(answer.get("checks").spliterator(), false)
                        .map(check -> check.get("name").asText()))
                .contains("java", "storage", "panel", "audit", "queue", "outbox", "integrity", "files", "clock");
    }

    @Test
    default void theStorageShowsItsThreeStores() {
        commands().json("jobs", "enqueue", "work");

        JsonNode answer = commands().json("storage", "show");

        assertThat(answer.get("engine").asText()).isNotBlank();
        assertThat(StreamSupport.stream(answer.get("stores").spliterator(), false)
                        .map(store -> store.get("store").asText()))
                .containsExactly("panel", "audit", "queue");
        assertThat(answer.get("stores"))
                .allSatisfy(
                        store -> assertThat(store.get("schemaVersion").asText()).isNotBlank());
        assertThat(commands().run("storage", "show").out()).contains("panel", "audit", "queue");
    }
}
