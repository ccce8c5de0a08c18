package io.aipanel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.jobs.QueueName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of which there is one for each type of job. */
class JobCommandsTest {

    @TempDir
    private Path directory;

    @Test
    void aProgramHasAQueueAndATimeOut() throws IOException {
        List<JobCommand> commands = load("""
                jobs.command.mail.Send-now = /usr/bin/mail
                jobs.command.backup = /usr/bin/backup
                jobs.command-queue.backup = slow
                jobs.command-timeout.backup = 4h
                jobs.command-timeout = 2m
                """);

        assertThat(commands).extracting(command -> command.type().value()).containsExactly("backup", "mail.Send-now");
        assertThat(commands.get(0).program().path()).isEqualTo(Path.of("/usr/bin/backup"));
        assertThat(commands.get(0).queue()).isEqualTo(new QueueName("slow"));
        assertThat(commands.get(0).timeout()).isEqualTo(Duration.ofHours(4));
        assertThat(commands.get(1).queue()).isEqualTo(QueueName.DEFAULT);
        assertThat(commands.get(1).timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void withoutATimeOutItIsAnHour() throws IOException {
        assertThat(load("jobs.command.backup = /usr/bin/backup\n"))
                .singleElement()
                .extracting(JobCommand::timeout)
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jobs.command.mail|bin/mail|must be an absolute path",
                "jobs.command.|/usr/bin/mail|must end in the name of a type of job",
                "jobs.command.ma\\ il|/usr/bin/mail|must end in the name of a type of job",
                "jobs.command-queue.mail|slow|means nothing without jobs.command.mail: add that",
                "jobs.command-timeout.mail|1m|means nothing without jobs.command.mail: add that",
                "jobs.command-timeout|0s|must be a duration between 1s and 30d",
                "jobs.command-timeout|31d|must be a duration between 1s and 30d",
                "jobs.command-timeout|soon|must be a duration between 1s and 30d"
            })
    void anInvalidValueIsToldWithItsKeyValueLineAndRule(String key, String value, String rule) {
        assertThatThrownBy(() -> load("# a comment\n" + key + "=" + value + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        key.replace("\\", "") + " " + rule, "'" + value + "'", "panel.properties, line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jobs.command-queue.mail|no queue|must name a queue: the queue must be 1 to 100 characters",
                "jobs.command-timeout.mail|never|must be a duration between 1s and 30d"
            })
    void whatBelongsToAProgramIsToldInTheSameWay(String key, String value, String rule) {
        assertThatThrownBy(() -> load("jobs.command.mail=/usr/bin/mail\n" + key + "=" + value + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(key + " " + rule, "'" + value + "'", "panel.properties, line 2");
    }

    @Test
    void aMisspeltKeyIsTold() {
        assertThatThrownBy(() -> load("jobs.comand.TYPE=/usr/bin/mail\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean jobs.command.TYPE?");
    }

    @Test
    void twoProgramsForOneTypeAreTold() {
        assertThatThrownBy(() -> load("jobs.command.mail=/usr/bin/a\njobs.command.mail=/usr/bin/b\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("jobs.command.mail is given twice", "line 1", "line 2");
    }

    @Test
    void aVariableCannotNameAProgramAndDoesNotSeemTo() {
        assertThatThrownBy(() -> load("", Map.of("PANEL_JOBS_COMMAND_MAIL", "/usr/bin/mail")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("PANEL_JOBS_COMMAND_MAIL", "in the configuration file only");
    }

    @Test
    void theTimeOutOfAllCanComeFromAVariable() throws IOException {
        assertThat(load("jobs.command.mail=/usr/bin/mail\n", Map.of("PANEL_JOBS_COMMAND_TIMEOUT", "5s")))
                .singleElement()
                .extracting(JobCommand::timeout)
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aProgramThatIsMissingOrNotExecutableIsToldWithItsKeyValueAndLine() throws IOException {
        Path file = directory.resolve("program");
        ConfiguredProgram program =
                load("jobs.command.mail=" + file + "\n").get(0).program();

        assertThatThrownBy(program::requireExecutable)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "jobs.command.mail must name a program that exists",
                        "'" + file + "'",
                        "panel.properties, line 1");

        Files.writeString(file, "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(program::requireExecutable)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("chmod +x " + file);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        program.requireExecutable();
    }

    private List<JobCommand> load(String text) throws IOException {
        return load(text, Map.of());
    }

    private List<JobCommand> load(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("panel.properties"), text);
        return Configuration.load(Map.of(), Optional.of(file), environment, directory)
                .jobCommands();
    }
}
