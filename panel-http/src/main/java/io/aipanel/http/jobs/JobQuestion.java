package io.aipanel.http.jobs;

import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.http.pages.Link;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Fields;
import java.util.Map;
import java.util.Optional;

/**
 * Which jobs somebody looks for, as they have entered it; empty texts restrict nothing.
 *
 * @param queue in this queue
 * @param type of this type
 * @param state in this state
 * @param key with this unique key
 */
record JobQuestion(String queue, String type, String state, String key) {

    static JobQuestion of(Map<String, String> query) {
        return new JobQuestion(text(query, "queue"), text(query, "type"), text(query, "state"), text(query, "key"));
    }

    /** What a form sends along. */
    static JobQuestion of(Body form) {
        return new JobQuestion(
                form.optionalText("queue").orElse(""),
                form.optionalText("type").orElse(""),
                form.optionalText("state").orElse(""),
                form.optionalText("key").orElse(""));
    }

    /** @throws io.aipanel.domain.InvalidValueException if something was entered that cannot be */
    JobFilter filter() {
        return new JobFilter(
                given(queue).map(text -> Fields.parse("queue", text, QueueName::new)),
                given(type).map(text -> Fields.parse("type", text, JobType::new)),
                given(state).map(JobState::ofWireName),
                given(key));
    }

    JobQuestion inState(String newState) {
        return new JobQuestion(queue, type, newState, key);
    }

    boolean restricts() {
        return !(queue + type + state + key).isEmpty();
    }

    /** Where the same is shown again. */
    Link link() {
        return new Link(JobPages.PATH)
                .with("queue", queue)
                .with("type", type)
                .with("state", state)
                .with("key", key);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(Map<String, String> query, String name) {
        return query.getOrDefault(name, "").strip();
    }
}
