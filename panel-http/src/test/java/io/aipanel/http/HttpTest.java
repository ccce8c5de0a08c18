package io.aipanel.http;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.http.web.Route;
import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.NewUser;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A panel on SQLite in a directory of its own, served on a free port, with an admin and a clock that the test moves. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(PreparedData.Resolver.class)
abstract class HttpTest {

    static final String ADMIN = "admin@example.com";

    static final String PASSWORD = "correct horse battery";

    static final Actor PROGRAM = Actor.program("test");

    @TempDir
    Path directory;

    final MovableClock clock = new MovableClock();
    PreparedData prepared;
    Panel panel;
    PanelServer server;

    /** Nobody. */
    Client nobody;

    @BeforeEach
    void start(PreparedData data) {
        prepared = data;
        prepare(data, directory.resolve("data"));
        server = serve();
        panel = server.panel();
        nobody = client();
    }

    @AfterEach
    void stop() {
        server.close();
        panel.close();
    }

    /** Has the panel begin with an admin, but nobody logged in. */
    void prepare(PreparedData data, Path target) {
        data.copyWithAdmin(target);
    }

    PanelServer serve() {
        return PanelServer.start(Panel.open(panelOptions()), httpOptions(), further());
    }

    PanelOptions panelOptions() {
        return PanelOptions.of("sqlite:" + directory.resolve("data"))
                .clock(clock)
                .meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    HttpOptions httpOptions() {
        return new HttpOptions("127.0.0.1", 0, Optional.empty(), List.of(), "0.0.0-test");
    }

    Client client() {
        return Client.of(server.baseUrl());
    }

    /** Routes of the test's own. */
    List<Route> further() {
        return List.of();
    }

    /** The admin, as a program with an API token, which takes no hash of a password. */
    Client admin() {
        return nobody.bearer(prepared.adminToken());
    }

    /** The admin, as a browser with a session. */
    Client signedInAdmin() {
        return nobody.loggedIn(ADMIN, PASSWORD);
    }

    User addUser(String email, String... roles) {
        Set<RoleName> names = new HashSet<>();
        for (String role : roles) {
            names.add(new RoleName(role));
        }
        return panel.users()
                .add(PROGRAM, new NewUser(new EmailAddress(email), "Somebody", names, new Secret(PASSWORD)));
    }

    /** Adds a site; answers its id. */
    static String addSite(Client client, String hostName) {
        return client.post("/api/v1/sites", "{\"hostName\": \"%s\"}".formatted(hostName))
                .expect(201)
                .text("id");
    }

    /** Every event, the oldest first. */
    List<AuditEvent> events() {
        Page<AuditEvent> page = panel.audit().list(PROGRAM, AuditFilter.OLDEST, PageRequest.first(1000));
        return page.items();
    }

    List<String> actions() {
        return events().stream().map(event -> event.event().action()).toList();
    }
}
