package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.audit.AuditOutcome;
import io.aipanel.http.backup.RestoreInPlace;
import io.aipanel.http.iam.SessionCookie;
import io.aipanel.http.pages.Languages;
import io.aipanel.http.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may call what, written down a second time: every route with every built-in role, a custom one, and nobody. */
class RouteRulesHttpTest extends HttpTest {

    /**
     * Who is let through to each route: A admin, O operator, D auditor, U user, C a custom role with jobs:write and
     * components:read, N nobody. Where the answer depends on what is asked for, it is asked for something of others.
     */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("session.login", "AODUCN"),
            Map.entry("session.show", "AODUC"),
            Map.entry("session.logout", "AODUC"),
            Map.entry("session.revoke", "A"),
            Map.entry("session.list", "AOD"),
            Map.entry("session.revoke-all", "A"),
            Map.entry("setup.complete", "AODUCN"),
            Map.entry("user.change-password", "AODUC"),
            Map.entry("user.reset-password", "A"),
            Map.entry("user.list", "AOD"),
            Map.entry("user.add", "A"),
            Map.entry("user.show", "AOD"),
            Map.entry("user.change", "A"),
            Map.entry("user.remove", "A"),
            Map.entry("role.list", "AOD"),
            Map.entry("role.add", "A"),
            Map.entry("role.show", "AOD"),
            Map.entry("role.change", "A"),
            Map.entry("role.remove", "A"),
            Map.entry("token.list", "AODUC"),
            Map.entry("token.add", "AODUC"),
            Map.entry("token.remove", "A"),
            Map.entry("site.list", "AODU"),
            Map.entry("site.add", "AOU"),
            Map.entry("site.show", "AODU"),
            Map.entry("site.change", "AOU"),
            Map.entry("site.remove", "AOU"),
            Map.entry("database.list", "AODU"),
            Map.entry("database.add", "AOU"),
            Map.entry("database.remove", "AOU"),
            Map.entry("setting.list", "AOD"),
            Map.entry("setting.show", "AOD"),
            Map.entry("setting.set", "A"),
            Map.entry("setting.reset", "A"),
            Map.entry("component.list", "AODC"),
            Map.entry("component.show", "AODC"),
            Map.entry("component.refresh", "AO"),
            Map.entry("component.set-policy", "AO"),
            Map.entry("component.pin", "AO"),
            Map.entry("component.unpin", "AO"),
            Map.entry("audit.list", "AOD"),
            Map.entry("audit.export", "AOD"),
            Map.entry("audit.summary", "AOD"),
            Map.entry("audit.checkpoint", "AOD"),
            Map.entry("audit.prove", "AOD"),
            Map.entry("audit.prove-consistency", "AOD"),
            Map.entry("audit.verify", "AOD"),
            Map.entry("audit.verify-against", "AOD"),
            Map.entry("audit.cut", "A"),
            Map.entry("job.list", "AOD"),
            Map.entry("job.enqueue", "AOC"),
            Map.entry("job.show", "AOD"),
            Map.entry("job.cancel", "AO"),
            Map.entry("job.retry", "AO"),
            Map.entry("job.cancel-all", "AO"),
            Map.entry("job.retry-all", "AO"),
            Map.entry("queue.list", "AOD"),
            Map.entry("queue.limit", "AO"),
            Map.entry("queue.pause", "AO"),
            Map.entry("queue.resume", "AO"),
            Map.entry("schedule.list", "AOD"),
            Map.entry("schedule.add", "AO"),
            Map.entry("schedule.show", "AOD"),
            Map.entry("schedule.put", "AO"),
            Map.entry("schedule.remove", "AO"),
            Map.entry("backup.list", "AOD"),
            Map.entry("backup.create", "AO"),
            Map.entry("backup.show", "AOD"),
            Map.entry("backup.remove", "AO"),
            Map.entry("backup.verify", "AO"),
            Map.entry("backup.restore", "A"),
            Map.entry("capacity.show", "AOD"),
            Map.entry("capacity.history", "AOD"),
            Map.entry("storage.show", "AOD"),
            Map.entry("metrics.show", "AODUCN"),
            Map.entry("health.live", "AODUCN"),
            Map.entry("health.ready", "AODUCN"),
            Map.entry("openapi.show", "AODUCN"),
            Map.entry("asset.style", "AODUCN"),
            Map.entry("asset.icon", "AODUCN"),
            Map.entry("asset.script", "AODUCN"),
            Map.entry("asset.htmx", "AODUCN"),
            Map.entry("page.backups", "AOD"),
            Map.entry("page.backups.create", "AO"),
            Map.entry("page.backup", "AOD"),
            Map.entry("page.backup.verify", "AO"),
            Map.entry("page.backup.remove", "AO"),
            Map.entry("page.backup.remove.send", "AO"),
            Map.entry("page.backup.restore", "A"),
            Map.entry("page.backup.restore.send", "A"),
            Map.entry("page.components", "AODC"),
            Map.entry("page.components.refresh", "AO"),
            Map.entry("page.component", "AODC"),
            Map.entry("page.component.set-policy", "AO"),
            Map.entry("page.component.pin", "AO"),
            Map.entry("page.component.unpin", "AO"),
            Map.entry("page.capacity", "AOD"),
            Map.entry("page.storage", "AOD"),
            Map.entry("page.settings", "AOD"),
            Map.entry("page.setting", "AOD"),
            Map.entry("page.setting.set", "A"),
            Map.entry("page.setting.reset", "A"),
            Map.entry("page.display", "AODUCN"),
            Map.entry("page.home", "AODUC"),
            Map.entry("page.audit", "AOD"),
            Map.entry("page.audit.verify", "AOD"),
            Map.entry("page.audit.event", "AOD"),
            Map.entry("page.users", "AOD"),
            Map.entry("page.roles", "AOD"),
            Map.entry("page.role.new", "A"),
            Map.entry("page.role.add", "A"),
            Map.entry("page.role", "A"),
            Map.entry("page.role.change", "A"),
            Map.entry("page.role.remove", "A"),
            Map.entry("page.user.new", "A"),
            Map.entry("page.user.add", "A"),
            Map.entry("page.user", "A"),
            Map.entry("page.user.change", "A"),
            Map.entry("page.user.password", "A"),
            Map.entry("page.user.reset-password", "A"),
            Map.entry("page.user.remove", "A"),
            Map.entry("page.profile", "AODUC"),
            Map.entry("page.password", "AODUC"),
            Map.entry("page.password.change", "AODUC"),
            Map.entry("page.session.end", "A"),
            Map.entry("page.sessions.end", "AODUC"),
            Map.entry("page.sites", "AODU"),
            Map.entry("page.site", "AODU"),
            Map.entry("page.site.new", "AOU"),
            Map.entry("page.site.add", "AOU"),
            Map.entry("page.site.edit", "AOU"),
            Map.entry("page.site.change", "AOU"),
            Map.entry("page.site.remove", "AOU"),
            Map.entry("page.database.new", "AOU"),
            Map.entry("page.database.add", "AOU"),
            Map.entry("page.database.remove", "AOU"),
            Map.entry("page.jobs", "AOD"),
            Map.entry("page.job", "AOD"),
            Map.entry("page.jobs.retry", "AO"),
            Map.entry("page.jobs.cancel", "AO"),
            Map.entry("page.queues", "AOD"),
            Map.entry("page.queue", "AO"),
            Map.entry("page.queue.limit", "AO"),
            Map.entry("page.queue.pause", "AO"),
            Map.entry("page.queue.resume", "AO"),
            Map.entry("page.schedules", "AOD"),
            Map.entry("page.schedule.new", "AO"),
            Map.entry("page.schedule.add", "AO"),
            Map.entry("page.schedule.remove", "AO"),
            Map.entry("page.login", "AODUCN"),
            Map.entry("page.login.send", "AODUCN"),
            Map.entry("page.logout", "AODUC"),
            Map.entry("page.setup", "AODUCN"),
            Map.entry("page.setup.send", "AODUCN"));

    private static final Map<String, String> ROLES =
            Map.of("A", "admin", "O", "operator", "D", "auditor", "U", "user", "C", "deployer");

    @Test
    void everyRouteLetsThroughWhomItShouldAndNobodyElse() {
        List<Route> routes = routes();
        assertThat(routes.stream().map(Route::action)).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
        Map<String, String> found = new TreeMap<>();
        Map<String, Client> clients = clients();
        for (Route route : routes) {
            found.put(
                    route.action(),
                    clients.entrySet().stream()
                            .filter(client -> isLetThrough(client.getValue(), route))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.joining()));
        }
        assertThat(found).isEqualTo(new TreeMap<>(ALLOWED));
    }

    @Test
    void refusalsAreRecordedWithWhatWasTried() {
        addUser("anna@example.com", "user");
        nobody.loggedIn("anna@example.com", PASSWORD).get("/api/v1/users").expectProblem(403, "permission-denied");
        var event = events().get(events().size() - 1).event();
        assertThat(event.action()).isEqualTo("user.list");
        assertThat(event.actor()).isEqualTo("user:anna@example.com");
        assertThat(event.outcome()).isEqualTo(AuditOutcome.REFUSED);
    }

    /** One client per letter, in the order of the table; programs, so that nothing logs them out. */
    private Map<String, Client> clients() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"deployer\", \"permissions\": [\"jobs:write\", \"components:read\"]}")
                .expect(201);
        Map<String, Client> clients = new LinkedHashMap<>();
        for (String letter : List.of("A", "O", "D", "U", "C")) {
            String email = letter + "@example.com";
            addUser(email, ROLES.get(letter));
            Answer token = nobody.loggedIn(email, PASSWORD)
                    .post("/api/v1/tokens", "{\"name\": \"test\"}")
                    .expect(201);
            clients.put(letter, nobody.bearer(token.text("secret")));
        }
        clients.put("N", nobody);
        return clients;
    }

    /** Asks for something that does not exist, with no body: whoever is let through is told that, or that. */
    private static boolean isLetThrough(Client client, Route route) {
        String path = route.path().replaceAll("\\{[a-zA-Z]+}", "0190163d-8694-739b-aea5-966c26f8ad91");
        Answer answer = client.send(route.method().name(), path, Optional.empty());
        assertThat(answer.status()).as(route.action()).isLessThan(500);
        boolean sentToLogIn = answer.header("location")
                        .filter(location -> location.startsWith("/login"))
                        .isPresent()
                && answer.header("set-cookie").isEmpty()
                && route.rule().needsSignIn();
        return answer.status() != 401 && answer.status() != 403 && !sentToLogIn;
    }

    private List<Route> routes() {
        SessionCookie cookie = new SessionCookie(false);
        return new ArrayList<>(RouteTable.of(
                panel, cookie, Languages.with(Optional.empty()), RestoreInPlace.UNSUPPORTED, List.of(), "test"));
    }
}
