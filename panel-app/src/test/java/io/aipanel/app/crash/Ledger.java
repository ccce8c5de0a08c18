package io.aipanel.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.jobs.Job;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the audit log says has happened, replayed and compared with what the stores hold. Reads on from where it stopped,
 * so that one ledger follows a store through many crashes.
 */
final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> siteVersions = new HashMap<>();
    private final Map<String, Long> userVersions = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> expectedJobs = new HashSet<>();
    private Optional<String> setting = Optional.empty();
    private long nextIndex;
    private long lastJob;

    /** How many events have been replayed. */
    long events() {
        return nextIndex;
    }

    /**
     * Replays what is new and compares.
     *
     * @param storage with nothing left to deliver
     * @param acknowledged the lines of a {@link Mutator}
     */
    void follow(Storage storage, List<String> acknowledged) {
        assertThat(storage.outbox().waiting()).as("effects left").isZero();
        assertThat(storage.outbox().setAside(10)).as("effects set aside").isEmpty();
        expectedJobs.clear();
        long size = storage.audit().size();
        for (; nextIndex < size; nextIndex++) {
            replay(storage.audit().event(nextIndex).orElseThrow().event());
        }
        assertThat(storage.audit().event(size)).as("an event beyond the last").isEmpty();
        assertThat(told).as("changes with an event").containsAll(changes(acknowledged));
        compareSites(storage);
        compareUsers(storage);
        assertThat(storage.settings().setting(new SettingName("panel.name")).map(StoredSetting::value))
                .as("the setting, against the last event about it")
                .isEqualTo(setting);
        compareJobs(storage);
        assertThat(storage.check()).as("damage").isEmpty();
    }

    private static List<String> changes(List<String> acknowledged) {
        return acknowledged.stream()
                .filter(line -> !line.startsWith("unavailable"))
                .toList();
    }

    /** Every event must go on from the one before it about the same thing: none is missing, none is there twice. */
    private void replay(NewAuditEvent event) {
        JsonNode details = parse(event.details().value());
        switch (event.action()) {
            case "site.add" -> {
                String id = details.get("id").asText();
                assertThat(siteVersions.put(id, 1L))
                        .as("site %s was added before", id)
                        .isNull();
                tell("site.add " + id);
                expectJob(event, id, 1);
            }
            case "site.change" -> {
                String id = details.at("/after/id").asText();
                long version = details.at("/after/version").asLong();
                assertThat(siteVersions.put(id, version))
                        .as("the version of site %s before its change to %s", id, version)
                        .isEqualTo(version - 1);
                tell("site.change " + id + " " + version);
                expectJob(event, id, version);
            }
            case "site.remove" -> {
                String id = details.get("id").asText();
                long version = details.get("version").asLong();
                assertThat(siteVersions.remove(id))
                        .as("the version of site %s before it was removed", id)
                        .isEqualTo(version);
                tell("site.remove " + id);
                expectJob(event, id, version);
            }
            case "setting.set" -> {
                String value = details.get("after").asText();
                if (event.target().equals("setting:panel.name")) {
                    assertThat(Optional.ofNullable(details.get("before")).map(JsonNode::asText))
                            .as("the setting before it became %s", value)
                            .isEqualTo(setting);
                    setting = Optional.of(value);
                    tell("setting.set " + value);
                }
            }
            case "user.add" -> {
                String email = event.target().substring("user:".length());
                assertThat(userVersions.put(email, 1L))
                        .as("user %s was added before", email)
                        .isNull();
                tell("user.add " + email);
            }
            case "user.disable", "user.enable" -> {
                String email = event.target().substring("user:".length());
                long version = userVersions.merge(email, 1L, Long::sum);
                assertThat(version % 2 == 0)
                        .as("user %s at version %s: %s", email, version, event.action())
                        .isEqualTo(event.action().equals("user.disable"));
                tell("user.switch " + email + " " + version);
            }
            default -> throw new AssertionError("nobody has done " + event);
        }
    }

    private void tell(String change) {
        assertThat(told.add(change)).as("the first event about: %s", change).isTrue();
    }

    private void expectJob(NewAuditEvent event, String siteId, long version) {
        expectedJobs.add(event.action() + " " + siteId + " " + version);
    }

    private void compareSites(Storage storage) {
        Map<String, Long> stored = new HashMap<>();
        all(page -> storage.hosting().sites(new SiteFilter(Optional.empty(), Optional.empty()), page))
                .forEach(site -> stored.put(site.id().toString(), site.version()));
        assertThat(stored).as("the sites, against their events").isEqualTo(siteVersions);
    }

    private void compareUsers(Storage storage) {
        Map<String, Long> stored = new HashMap<>();
        all(storage.iam()::users).forEach(user -> stored.put(user.email().value(), user.version()));
        assertThat(stored).as("the users, against their events").isEqualTo(userVersions);
    }

    /** Jobs whose events are new are new, too: both wait in the same outbox, and nothing is left in it. */
    private void compareJobs(Storage storage) {
        List<String> stored = new ArrayList<>();
        long newest = lastJob;
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<Job> page = storage.jobs().jobs(JobFilter.ALL, request);
            boolean more = true;
            for (Job job : page.items()) {
                newest = Math.max(newest, job.id().value());
                more = job.id().value() > lastJob;
                if (!more) {
                    break;
                }
                JsonNode payload = parse(job.payload().value());
                stored.add(payload.get("action").asText() + " "
                        + payload.get("siteId").asText() + " "
                        + payload.get("version").asLong());
            }
            next = more ? page.next().map(request::after) : Optional.empty();
        }
        lastJob = newest;
        assertThat(stored).as("the jobs, against the events").containsExactlyInAnyOrderElementsOf(expectedJobs);
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> list) {
        List<T> items = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (next.isPresent()) {
            PageRequest request = next.get();
            Page<T> page = list.apply(request);
            items.addAll(page.items());
            Optional<Cursor> cursor = page.next();
            next = cursor.map(request::after);
        }
        return items;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
