package io.aipanel.bench.capacity;

import io.aipanel.bench.harness.OpenLoop;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.EmailAddress;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.iam.UserStatus;
import io.aipanel.service.Panel;
import io.aipanel.service.iam.Actor;
import io.aipanel.service.iam.LogInResult;
import io.aipanel.service.iam.NewUser;
import io.aipanel.service.storage.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sessions of as many users, each with a request every ten seconds, which recognises it and once a minute notes that it was
 * used; and a log-in every hour, with the right password, after which that user's browser goes on with the new session.
 *
 * <p>Passwords are made to be slow to check. So only the first user's is hashed, and the others have the same; and the sessions
 * that are there at the beginning are put into the store without a log-in.
 */
final class SessionLoad implements Load {

    /** ADR-002's limit. */
    static final int SESSIONS = 100;

    /** How long a session goes without noting its last use: a minute, and then until its next request. */
    private static final int BETWEEN_NOTES_SECONDS = 70;

    /** How often all of them together note their last use, at the limit. */
    static final double NOTES_PER_SECOND = (double) SESSIONS / BETWEEN_NOTES_SECONDS;

    private static final double REQUESTS_PER_SECOND = 1.0 / 10;
    private static final double LOG_INS_PER_SECOND = 1.0 / 3600;
    private static final int REQUEST_THREADS = 32;
    private static final int LOG_IN_THREADS = 4;
    private static final int LIST = 1_000;
    private static final Actor ACTOR = Actor.program("bench");

    private final Panel panel;
    private final int sessions;
    private final Secret password;
    /** Not those of an earlier load on the same store. */
    private final String domain = Change.newId() + ".example.org";

    private final List<User> users = new ArrayList<>();

    /**
     * Adds the first user.
     *
     * @param sessions how many sessions there are at the limit
     */
    SessionLoad(Panel panel, int sessions) {
        this.panel = panel;
        this.sessions = sessions;
        this.password = new Secret("correct horse battery staple");
        users.add(panel.users().add(ACTOR, new NewUser(address(0), "Person 0", Set.of(Role.AUDITOR), password)));
    }

    @Override
    public List<OpenLoop> begin(int factor) {
        int number = factor * sessions;
        addUsers(number);
        AtomicReferenceArray<Browser> browsers = logEverybodyIn(number);
        return List.of(
                new OpenLoop("requests", number * REQUESTS_PER_SECOND, REQUEST_THREADS, () -> request(browsers)),
                new OpenLoop("log-ins", number * LOG_INS_PER_SECOND, LOG_IN_THREADS, () -> logIn(browsers)));
    }

    private void addUsers(int number) {
        PasswordHash hash = users.get(0).passwordHash();
        while (users.size() < number) {
            List<User> list = new ArrayList<>();
            for (int i = users.size(); i < Math.min(users.size() + LIST, number); i++) {
                list.add(new User(
                        new UserId(Change.newId()),
                        address(i),
                        "Person " + i,
                        hash,
                        UserStatus.ACTIVE,
                        new TreeSet<>(Set.of(Role.AUDITOR)),
                        Instant.now(),
                        Optional.empty(),
                        1));
            }
            users.addAll(panel.changes()
                    .make(
                            ACTOR,
                            change -> list.stream()
                                    .map(user -> change.iam().addUser(user))
                                    .toList()));
        }
    }

    private AtomicReferenceArray<Browser> logEverybodyIn(int number) {
        panel.changes().make(ACTOR, change -> change.iam().removeAllSessions());
        AtomicReferenceArray<Browser> browsers = new AtomicReferenceArray<>(number);
        for (int from = 0; from < number; from += LIST) {
            List<Browser> list = users.subList(from, Math.min(from + LIST, number)).stream()
                    .map(Browser::of)
                    .toList();
            panel.changes().make(ACTOR, change -> {
                list.forEach(browser -> change.iam().addSession(browser.session(someTimeAgo(change.now()))));
                return list.size();
            });
            for (int i = 0; i < list.size(); i++) {
                browsers.set(from + i, list.get(i));
            }
        }
        return browsers;
    }

    /** As if they had been there for long: otherwise all of them would note their use at the same time, a minute later. */
    private static Instant someTimeAgo(Instant now) {
        return now.minusMillis(ThreadLocalRandom.current().nextInt(1_000 * BETWEEN_NOTES_SECONDS));
    }

    private void request(AtomicReferenceArray<Browser> browsers) {
        Browser browser = browsers.get(some(browsers));
        if (panel.authentication().bySession(browser.token(), from(browser)).isEmpty()) {
            throw new IllegalStateException("the session of " + browser.user().email() + " was not recognised");
        }
    }

    private void logIn(AtomicReferenceArray<Browser> browsers) {
        int number = some(browsers);
        Browser browser = browsers.get(number);
        LogInResult result = panel.authentication().logIn(browser.user().email(), password, from(browser), "bench");
        if (!(result instanceof LogInResult.LoggedIn loggedIn)) {
            throw new IllegalStateException(browser.user().email() + " could not log in: " + result);
        }
        browsers.set(number, new Browser(loggedIn.user(), loggedIn.token()));
    }

    private static int some(AtomicReferenceArray<Browser> browsers) {
        return ThreadLocalRandom.current().nextInt(browsers.length());
    }

    /** Each from an address of their own: attempts are counted by address, too. */
    private static Actor from(Browser browser) {
        return Actor.anonymous(Optional.of("from " + browser.user().email()), Optional.empty());
    }

    private EmailAddress address(int number) {
        return new EmailAddress("person-" + number + "@" + domain);
    }
}
