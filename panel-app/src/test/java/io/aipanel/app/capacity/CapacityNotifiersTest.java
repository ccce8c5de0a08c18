package io.aipanel.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.aipanel.app.config.CapacityConfig;
import io.aipanel.app.config.Configuration;
import io.aipanel.app.config.ConfigurationException;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.capacity.CapacityNotices;
import io.aipanel.service.capacity.CapacityNotifier;
import io.aipanel.service.capacity.CapacityOptions;
import io.aipanel.service.iam.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** The notifiers of a configuration, made and used. */
class CapacityNotifiersTest {

    private static final Actor OPERATOR = Actor.program("test");
    private static final String WEBHOOK =
            "capacity.notify.url = https://hooks.example.com\ncapacity.notify.secret-file = hooks\n";

    @TempDir
    private Path directory;

    @Test
    void eachHasANameOfItsOwn() throws IOException {
        secretFile("hooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");

        List<CapacityNotifier> notifiers = of("capacity.notify.command = /bin/true\n" + WEBHOOK + """
                capacity.notify.mail.to = anna@example.com, bert@example.com, anna@example.com
                capacity.notify.mail.from = panel@example.com
                capacity.notify.mail.smtp = localhost:25
                """);

        assertThat(notifiers)
                .extracting(CapacityNotifier::name)
                .containsExactly("command", "webhook", "mail anna@example.com", "mail bert@example.com");
    }

    @Test
    void aProgramThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> of("capacity.notify.command = /nowhere/page\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "capacity.notify.command must name a program that exists", "'/nowhere/page'", "line 1");
    }

    @Test
    void aSecretThatIsNoneIsRefusedWithoutShowingIt() throws IOException {
        secretFile("hooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nhunter2\n");

        assertThatThrownBy(() -> of(WEBHOOK))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "capacity.notify.secret-file must name a file whose lines are", "'hooks'", "line 2")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("MfKQ9r8");
    }

    @Test
    void aPasswordFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> of("""
                        capacity.notify.mail.to = anna@example.com
                        capacity.notify.mail.from = panel@example.com
                        capacity.notify.mail.smtp = localhost:25
                        capacity.notify.mail.user = panel
                        capacity.notify.mail.password-file = nowhere
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("capacity.notify.mail.password-file must name a file that exists", "line 5");
    }

    @Test
    void jobsThatFailSayWhyAndNothingThatIsSecret() throws IOException {
        HttpServer broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SMTPServer strict = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    throw new LoginFailedException("535 5.7.8 not with " + password);
                }))
                .requireAuth()
                .build();
        // Without a context it answers 404.
        broken.start();
        strict.start();
        try {
            secretFile("hooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
            secretFile("mail", "sw0rdfish\n");
            List<CapacityNotifier> notifiers =
                    of("""
                    capacity.notify.url = http://me:us3r@127.0.0.1:%d/p4th?k3y=1
                    capacity.notify.secret-file = hooks
                    capacity.notify.mail.to = anna@example.com
                    capacity.notify.mail.from = panel@example.com
                    capacity.notify.mail.smtp = localhost:%d
                    capacity.notify.mail.tls = none
                    capacity.notify.mail.user = panel
                    capacity.notify.mail.password-file = mail
                    """.formatted(broken.getAddress().getPort(), strict.getPortAllocated()));

            assertThat(everythingKeptOfFailedJobs(notifiers))
                    .contains("the server answered with status 404", "mail for anna@example.com was not taken", "535")
                    .doesNotContain("us3r", "p4th", "k3y", "MfKQ9r8", "sw0rdfish");
        } finally {
            broken.stop(0);
            strict.stop();
        }
    }

    private String everythingKeptOfFailedJobs(List<CapacityNotifier> notifiers) {
        CapacityOptions options = new CapacityOptions(notifiers, Optional.empty());
        try (Panel panel = Panel.open(
                PanelOptions.of("sqlite:" + directory.resolve("data")).capacity(options))) {
            panel.changes().make(OPERATOR, change -> {
                new CapacityNotices(options).enqueue(change, Notices.of("Panel").change());
                return null;
            });
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> jobs(panel),
                            jobs -> jobs.size() == notifiers.size()
                                    && jobs.stream()
                                            .allMatch(job -> job.lastError().isPresent()));
            return jobs(panel).stream()
                    .map(job -> panel.jobs()
                            .detail(OPERATOR, job.id())
                            .orElseThrow()
                            .toString())
                    .reduce("", String::concat);
        }
    }

    private static List<Job> jobs(Panel panel) {
        JobFilter notices = JobFilter.ALL.type(new JobType("capacity.notify"));
        return panel.jobs().list(OPERATOR, notices, PageRequest.first(10)).items();
    }

    private List<CapacityNotifier> of(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("panel.properties"), text);
        CapacityConfig config = Configuration.load(Map.of(), Optional.of(file), Map.of(), directory)
                .capacity();
        return CapacityNotifiers.of(config, directory, Map.of("PATH", System.getenv("PATH")));
    }

    private void secretFile(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
