package io.aipanel.service;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.Authenticated;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.jobs.JobMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A panel on SQLite in a directory of its own, with a clock that the test moves. */
public abstract class PanelTest {

    /** Long enough to be accepted. */
    protected static final Secret PASSWORD = new Secret("correct horse battery");

    /** May do everything. */
    protected static final Actor PROGRAM = Actor.program("test");

    @TempDir
    protected Path directory;

    protected final MovableClock clock = new MovableClock();
    protected Panel panel;

    /** Opens the panel; a test that has closed it calls this again. */
    @BeforeEach
    protected void open() {
        MigratedStorage.copyTo(directory.resolve("data"));
        panel = Panel.open(options());
    }

    /** Closes the panel. */
    @AfterEach
    protected void close() {
        panel.close();
    }

    /** How the panel is opened. */
    protected PanelOptions options() {
        return PanelOptions.of("sqlite:" + directory.resolve("data"))
                .clock(clock)
                .jobs(JobMode.OFF);
    }

    /** Adds a user. */
    protected User user(String email, String... roles) {
        Set<RoleName> names = new HashSet<>();
        for (String role : roles) {
            names.add(new RoleName(role));
        }
        return panel.users().add(PROGRAM, new NewUser(new EmailAddress(email), "Somebody", names, PASSWORD));
    }

    /** Logs a user in. */
    protected LogInResult logIn(String email, Secret password, String address) {
        Actor from = Actor.anonymous(Optional.of(address), Optional.empty());
        return panel.authentication().logIn(new EmailAddress(email), password, from, "test browser");
    }

    /** The actor that a user is after logging in. */
    protected Actor actor(String email) {
        return authenticated(email).actor();
    }

    /** Logs a user in and recognises them by their new session. */
    protected Authenticated authenticated(String email) {
        LogInResult.LoggedIn in = (LogInResult.LoggedIn) logIn(email, PASSWORD, "192.0.2.1");
        return panel.authentication()
                .bySession(in.token(), Actor.anonymous(Optional.of("192.0.2.1"), Optional.empty()))
                .orElseThrow();
    }

    /** Every event, the oldest first. */
    protected List<AuditEvent> events() {
        List<AuditEvent> events = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_LIMIT);
        for (Optional<PageRequest> next = Optional.of(request); next.isPresent(); ) {
            Page<AuditEvent> page = panel.audit().list(PROGRAM, AuditFilter.OLDEST, next.get());
            events.addAll(page.items());
            next = page.next().map(request::after);
        }
        return events;
    }

    /** The actions of every event, the oldest first. */
    protected List<String> actions() {
        return events().stream().map(event -> event.event().action()).toList();
    }
}
