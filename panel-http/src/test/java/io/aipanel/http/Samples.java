package io.aipanel.http;

import static org.awaitility.Awaitility.await;

import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.RateLimit;
import io.aipanel.domain.jobs.RetryPolicy;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.service.Panel;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.jobs.HandlerOptions;
import io.aipanel.service.jobs.NewSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A panel that has been used: something to see on every page. */
final class Samples {

    private static final Actor PROGRAM = Actor.program("test");

    private final Panel panel;

    Samples(Panel panel) {
        this.panel = panel;
    }

    /** Fills the panel; answers an address for each path that has parameters. */
    Map<String, String> byPath() {
        String site = sites();
        JobId job = jobs();
        return Map.of(
                "/sites/{id}", "/sites/" + site,
                "/sites/{id}/edit", "/sites/" + site + "/edit",
                "/sites/{id}/databases", "/sites/" + site + "/databases",
                "/jobs/{id}", "/jobs/" + job,
                "/queues/{name}", "/queues/mail",
                "/audit/{index}", "/audit/0",
                "/users/{id}", "/users/" + user(),
                "/users/{id}/password", "/users/" + user() + "/password",
                "/roles/{name}", "/roles/" + role());
    }

    private RoleName role() {
        return panel.roles()
                .add(
                        PROGRAM,
                        new Role(
                                new RoleName("deployer"),
                                "Puts new versions of sites online",
                                Set.of(Permission.SITES_READ, Permission.JOBS_WRITE)))
                .name();
    }

    private UserId user() {
        return panel.users().list(PROGRAM, PageRequest.first(1)).items().get(0).id();
    }

    private String sites() {
        UserId owner = user();
        Site first = null;
        for (String name : new String[] {"bücher.example", "shop.example.com", "intranet.example.org"}) {
            Site site = panel.sites()
                    .add(
                            PROGRAM,
                            new NewSite(
                                    new HostName(name),
                                    Set.of(new HostName("www." + name)),
                                    Optional.empty(),
                                    Optional.of(new PhpVersion("8.3")),
                                    Optional.empty(),
                                    Optional.of(owner)));
            first = first == null ? site : first;
        }
        panel.siteDatabases().add(PROGRAM, first.id(), DatabaseEngine.values()[0], "shop", "shop_user");
        return first.id().toString();
    }

    private JobId jobs() {
        panel.jobs().handle("thumbnail", job -> job.log("done"));
        panel.jobs().handle("import", HandlerOptions.DEFAULT.retry(RetryPolicy.NEVER), job -> {
            job.log("opened the file");
            job.progress(40, "row 4000 of 10000");
            throw new IllegalStateException("row 4001 has 7 columns, not 8");
        });
        panel.jobs().enqueue(NewJob.of("thumbnail").payload("{\"file\": 42}"));
        JobId dead = panel.jobs()
                .enqueue(NewJob.of("import").payload("{\"file\": \"customers.csv\", \"into\": \"shop\"}"))
                .id();
        panel.jobs().enqueue(NewJob.of("send").queue("mail").uniqueKey("newsletter-2026-11"));
        panel.jobs().enqueue(NewJob.of("send").queue("mail").delay(Duration.ofHours(3)));
        panel.queues().pause(PROGRAM, new QueueName("mail"));
        panel.queues()
                .limit(
                        PROGRAM,
                        new QueueName("mail"),
                        new QueueLimits(Optional.of(4), 1, Optional.of(new RateLimit(100, Duration.ofMinutes(1)))));
        panel.schedules()
                .add(
                        PROGRAM,
                        new NewSchedule(
                                new ScheduleName("nightly-report"),
                                "30 2 * * *",
                                ZoneId.of("Europe/Warsaw"),
                                NewJob.of("report")));
        cancelled(panel, "obsolete", 1);
        await().until(() -> panel.jobs().find(PROGRAM, dead).orElseThrow().state() == JobState.DEAD_LETTER);
        return dead;
    }

    /** Enqueues jobs that nobody handles, and cancels them. */
    static void cancelled(Panel panel, String type, int count) {
        for (int i = 0; i < count; i++) {
            panel.jobs().cancel(PROGRAM, panel.jobs().enqueue(NewJob.of(type)).id());
        }
    }
}
