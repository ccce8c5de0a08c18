package io.aipanel.ports.storage;

import io.aipanel.domain.JsonText;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.audit.AnchorState;
import io.aipanel.domain.audit.AuditFilter;
import io.aipanel.domain.audit.EventGrouping;
import io.aipanel.domain.audit.KeptCheckpoint;
import io.aipanel.domain.audit.NewAuditEvent;
import io.aipanel.domain.audit.VerifierKey;
import io.aipanel.domain.capacity.Sample;
import io.aipanel.domain.capacity.Series;
import io.aipanel.domain.capacity.Step;
import io.aipanel.domain.capacity.Threshold;
import io.aipanel.domain.capacity.ThresholdState;
import io.aipanel.domain.capacity.ThresholdStatus;
import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.LoginThrottle;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.RoleName;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.iam.ThrottleKey;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.jobs.ClaimRequest;
import io.aipanel.domain.jobs.JobEnd;
import io.aipanel.domain.jobs.JobFilter;
import io.aipanel.domain.jobs.JobId;
import io.aipanel.domain.jobs.JobReport;
import io.aipanel.domain.jobs.JobState;
import io.aipanel.domain.jobs.JobType;
import io.aipanel.domain.jobs.Lease;
import io.aipanel.domain.jobs.NewJob;
import io.aipanel.domain.jobs.QueueLimits;
import io.aipanel.domain.jobs.QueueName;
import io.aipanel.domain.jobs.Schedule;
import io.aipanel.domain.jobs.ScheduleName;
import io.aipanel.domain.jobs.WorkerPresence;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.domain.versions.Component;
import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.audit.AuditSamples;
import io.aipanel.ports.audit.CheckpointContract;
import io.aipanel.ports.hosting.HostingSamples;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.jobs.JobSamples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Calls every method of a port with valid arguments, for rules that hold for all of them. A method that is added to a
 * port is included without being named here.
 */
final class EveryMethod {

    private static final Map<Type, Object> ARGUMENTS = arguments();

    private EveryMethod() {}

    /** What each method of a port throws, by its name and parameters; a method that throws nothing fails the test. */
    static <T> Map<String, Throwable> failures(Class<T> port, T object) {
        Map<String, Throwable> failures = new TreeMap<>();
        for (Method method : port.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                failures.put(method.toGenericString(), failure(method, object));
            }
        }
        return failures;
    }

    private static Throwable failure(Method method, Object object) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getGenericParameterTypes()[i]);
        }
        try {
            method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " can be called", e);
        }
        return new AssertionError(method + " threw nothing");
    }

    private static Object argument(Type type) {
        if (type instanceof ParameterizedType generic) {
            Object element = ARGUMENTS.get(generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == Optional.class) {
                return Optional.empty();
            }
            if (element != null && generic.getRawType() == List.class) {
                return List.of(element);
            }
            if (element != null && generic.getRawType() == Set.class) {
                return Set.of(element);
            }
        }
        Object argument = ARGUMENTS.get(type);
        if (argument == null) {
            throw new AssertionError("there is no sample of " + type + ": add one to EveryMethod");
        }
        return argument;
    }

    private static Map<Type, Object> arguments() {
        Map<Type, Object> arguments = new HashMap<>();
        iam(arguments);
        hosting(arguments);
        Component component = Component.unchecked(new ComponentName("nginx"));
        arguments.put(Component.class, component);
        arguments.put(ComponentName.class, component.name());
        arguments.put(Finding.class, component.finding());
        StoredSetting setting = EffectSamples.setting("panel.name", "x");
        arguments.put(StoredSetting.class, setting);
        arguments.put(SettingName.class, setting.name());
        capacity(arguments);
        audit(arguments);
        jobs(arguments);
        arguments.put(JsonText.class, JsonText.EMPTY_OBJECT);
        arguments.put(PageRequest.class, PageRequest.first(1));
        arguments.put(Instant.class, IamSamples.T0);
        arguments.put(Duration.class, Duration.ofSeconds(1));
        arguments.put(String.class, "text");
        arguments.put(int.class, 1);
        arguments.put(long.class, 1L);
        return arguments;
    }

    private static void capacity(Map<Type, Object> arguments) {
        Sample sample = Sample.of(Series.SESSIONS, IamSamples.T0.truncatedTo(ChronoUnit.MINUTES), 1);
        arguments.put(Sample.class, sample);
        arguments.put(Series.class, sample.series());
        arguments.put(Step.class, sample.step());
        arguments.put(
                ThresholdStatus.class,
                new ThresholdStatus(Threshold.SESSIONS, ThresholdState.OK, IamSamples.T0, Optional.empty()));
    }

    private static void audit(Map<Type, Object> arguments) {
        arguments.put(NewAuditEvent.class, AuditSamples.event("x"));
        arguments.put(AuditFilter.class, AuditFilter.NEWEST);
        arguments.put(EventGrouping.class, EventGrouping.DAY);
        arguments.put(VerifierKey.class, CheckpointContract.ANNA);
        arguments.put(KeptCheckpoint.class, CheckpointContract.signed(IamSamples.T0, 1, CheckpointContract.ANNA));
        arguments.put(AnchorState.class, AnchorState.untried("place", "00c0ffee"));
    }

    private static void iam(Map<Type, Object> arguments) {
        User user = IamSamples.user("anna@example.com");
        Session session = IamSamples.session(user, IamSamples.T0);
        ApiToken token = IamSamples.token(user, "deploy");
        RoleName role = new RoleName("helpers");
        arguments.put(User.class, user);
        arguments.put(UserId.class, user.id());
        arguments.put(EmailAddress.class, user.email());
        arguments.put(Role.class, new Role(role, "", Set.of()));
        arguments.put(RoleName.class, role);
        arguments.put(Session.class, session);
        arguments.put(SessionId.class, session.id());
        arguments.put(TokenHash.class, session.tokenHash());
        arguments.put(SessionPolicy.class, SessionPolicy.DEFAULT);
        arguments.put(ApiToken.class, token);
        arguments.put(ApiTokenId.class, token.id());
        arguments.put(ThrottleKey.class, ThrottleKey.account(user.email()));
        arguments.put(LoginThrottle.class, LoginThrottle.DEFAULT);
    }

    private static void jobs(Map<Type, Object> arguments) {
        JobId job = new JobId(1);
        Lease lease = new Lease(job, 1);
        Schedule schedule = JobSamples.schedule("nightly", IamSamples.T0);
        arguments.put(JobId.class, job);
        arguments.put(Lease.class, lease);
        arguments.put(JobEnd.class, new JobEnd.Released(lease));
        arguments.put(JobReport.class, new JobReport(lease, Optional.empty(), List.of()));
        arguments.put(NewJob.class, JobSamples.work());
        arguments.put(JobType.class, JobSamples.WORK);
        arguments.put(JobState.class, JobState.COMPLETED);
        arguments.put(JobFilter.class, JobFilter.ALL);
        arguments.put(ClaimRequest.class, JobSamples.request(1));
        arguments.put(QueueName.class, QueueName.DEFAULT);
        arguments.put(QueueLimits.class, QueueLimits.DEFAULT);
        arguments.put(WorkerPresence.class, new WorkerPresence("worker", QueueName.DEFAULT, Set.of(JobSamples.WORK)));
        arguments.put(Schedule.class, schedule);
        arguments.put(ScheduleName.class, schedule.name());
    }

    private static void hosting(Map<Type, Object> arguments) {
        Site site = HostingSamples.site(IamSamples.user("anna@example.com"), "example.com");
        SiteDatabase database = HostingSamples.database(site, DatabaseEngine.MARIADB, "shop");
        arguments.put(Site.class, site);
        arguments.put(SiteId.class, site.id());
        arguments.put(HostName.class, site.hostName());
        arguments.put(SiteFilter.class, SiteFilter.ALL);
        arguments.put(SiteDatabase.class, database);
        arguments.put(SiteDatabaseId.class, database.id());
    }
}
