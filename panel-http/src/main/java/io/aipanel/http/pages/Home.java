package io.aipanel.http.pages;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.http.web.Call;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import java.util.ArrayList;
import java.util.List;

/** Gathers what the start page shows: only what whoever looks at it may see. */
final class Home {

    private static final int EVENTS = 10;

    /** Beyond this, "more than" is told: nobody counts a long list for a glance. */
    private static final int COUNTED = 100;

    private final Panel panel;

    Home(Panel panel) {
        this.panel = panel;
    }

    HomeView of(Call call, Words words) {
        User user = call.signedIn().user();
        boolean mayReadAudit = call.actor().may(Permission.AUDIT_READ);
        return new HomeView(
                user.displayName(),
                user.email().value(),
                user.roles().stream().map(RoleName::value).toList(),
                counts(call.actor(), words),
                mayReadAudit,
                mayReadAudit ? events(call.actor()) : List.of());
    }

    private List<HomeView.Count> counts(Actor actor, Words words) {
        List<HomeView.Count> counts = new ArrayList<>();
        boolean allSites = actor.may(Permission.SITES_READ) || actor.may(Permission.SITES_WRITE);
        if (allSites || actor.may(Permission.SITES_OWN)) {
            counts.add(new HomeView.Count(
                    words.of(allSites ? "home.sites" : "home.own-sites"),
                    counted(panel.sites().list(actor, SiteFilter.ALL, PageRequest.first(COUNTED)))));
        }
        if (actor.may(Permission.USERS_READ)) {
            counts.add(new HomeView.Count(
                    words.of("home.users"), counted(panel.users().list(actor, PageRequest.first(COUNTED)))));
        }
        if (actor.may(Permission.JOBS_READ)) {
            long waiting = panel.jobs().counts(actor).stream()
                    .mapToLong(queue -> queue.jobs().getOrDefault(JobState.PENDING, 0L))
                    .sum();
            counts.add(new HomeView.Count(words.of("home.jobs-waiting"), Long.toString(waiting)));
        }
        return counts;
    }

    private List<AuditEvent> events(Actor actor) {
        return panel.audit()
                .list(actor, AuditFilter.NEWEST, PageRequest.first(EVENTS))
                .items();
    }

    private static String counted(Page<?> page) {
        return page.items().size() + (page.next().isPresent() ? "+" : "");
    }
}
