package io.aipanel.service.settings;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.settings.SettingKey;
import io.aipanel.domain.settings.SettingType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of the panel itself. A program that embeds the panel may add its own. */
public final class PanelSettings {

    /** What the panel calls itself. */
    public static final SettingKey<String> NAME =
            SettingKey.visible("panel.name", SettingType.TEXT, "Panel", "What the panel calls itself");

    /** The longest rest of a session. */
    public static final SettingKey<Duration> SESSION_IDLE = SettingKey.visible(
            "iam.session.idle",
            duration(value -> new SessionPolicy(value, Duration.ofDays(365))),
            SessionPolicy.DEFAULT.idle().toString(),
            "The longest rest between two requests before a session ends");

    /** The longest life of a session. */
    public static final SettingKey<Duration> SESSION_ABSOLUTE = SettingKey.visible(
            "iam.session.absolute",
            duration(value -> new SessionPolicy(Duration.ofMinutes(2), value)),
            SessionPolicy.DEFAULT.absolute().toString(),
            "The longest life of a session, however much it is used");

    /** Which components are watched. */
    public static final SettingKey<List<String>> COMPONENTS = SettingKey.visible(
            "versions.components",
            SettingType.LIST,
            "nginx,apache2,php*-fpm,mariadb-server,postgresql,redis-server,openssl,openssh-server",
            "Packages whose versions are watched; * stands for any characters");

    /** The type of the job that follows a change of a site. */
    public static final SettingKey<Optional<JobType>> SITE_CHANGE_JOB = SettingKey.visible(
            "hosting.change-job",
            new SettingType<>(
                    "text", (field, text) -> text.isBlank() ? Optional.empty() : Optional.of(jobType(field, text))),
            "",
            "The type of the job that is enqueued with every change of a site; empty for none");

    /** How long jobs that ended well are kept. */
    public static final SettingKey<Duration> KEEP_COMPLETED = SettingKey.visible(
            "jobs.keep-completed",
            kept(),
            "P7D",
            "How long jobs that ended well are kept, from one minute to ten years");

    /** How long jobs are kept that ended otherwise. */
    public static final SettingKey<Duration> KEEP_ENDED = SettingKey.visible(
            "jobs.keep-ended",
            kept(),
            "P90D",
            "How long dead letters and cancelled jobs are kept, from one minute to ten years");

    private PanelSettings() {}

    /** All of them, by name. */
    public static List<SettingKey<?>> all() {
        List<SettingKey<?>> all = new ArrayList<>(CapacitySettings.all());
        all.addAll(
                List.of(SITE_CHANGE_JOB, SESSION_ABSOLUTE, SESSION_IDLE, KEEP_COMPLETED, KEEP_ENDED, NAME, COMPONENTS));
        all.sort(Comparator.comparing(SettingKey::name));
        return List.copyOf(all);
    }

    private static SettingType<Duration> duration(Consumer<Duration> rule) {
        return new SettingType<>(SettingType.DURATION.name(), (field, text) -> {
            Duration value = SettingType.DURATION.parser().parse(field, text);
            rule.accept(value);
            return value;
        });
    }

    private static SettingType<Duration> kept() {
        return duration(value -> {
            if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(Duration.ofDays(3660)) > 0) {
                throw new InvalidValueException("value", "must be between one minute and ten years");
            }
        });
    }

    private static JobType jobType(String field, String text) {
        try {
            return new JobType(text.strip());
        } catch (InvalidValueException e) {
            throw new InvalidValueException(
                    field, "must be a job type: 1 to 100 characters of a-z, A-Z, 0-9, ., _ and -");
        }
    }
}
