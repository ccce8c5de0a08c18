package io.aipanel.ports.iam;

import static io.aipanel.ports.iam.IamSamples.T0;
import static io.aipanel.ports.iam.IamSamples.session;
import static io.aipanel.ports.iam.IamSamples.tokenHash;
import static io.aipanel.ports.iam.IamSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.SessionPolicy;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.storage.Paging;
import io.aipanel.ports.storage.Refusal;
import io.aipanel.ports.storage.StorageHarness;
import io.aipanel.ports.storage.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How sessions are added, found, listed and ended. */
public interface SessionContract extends StoreContract {

    /** A session whose id is known, to test the order of ids. */
    private static Session withId(User user, Instant createdAt, String id) {
        return session(SessionId.parse(id), tokenHash(), user, createdAt, createdAt);
    }

    @Test
    default void aSessionIsFoundByTokenAndById() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Session session = session(iam.addUser(user("anna@example.com")), T0);
            iam.addSession(session);

            assertThat(iam.sessionByToken(session.tokenHash()))
                    .as("a session is found by token")
                    .contains(session);
            assertThat(iam.session(session.id())).as("a session is found by id").contains(session);
        }
    }

    @Test
    default void anExpiredSessionIsStillFound() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            Session longOver = session(anna, Instant.parse("1999-12-31T23:59:59Z"));
            iam.addSession(longOver);

            assertThat(iam.sessionByToken(longOver.tokenHash()))
                    .as("the store does not judge")
                    .contains(longOver);
            assertThat(iam.session(longOver.id()))
                    .as("the store does not judge")
                    .contains(longOver);
            assertThat(iam.sessions(anna.id(), PageRequest.first(1)).items())
                    .as("the store does not judge")
                    .containsExactly(longOver);
        }
    }

    @Test
    default void anAbsentSessionIsAbsent() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Session never = session(user("anna@example.com"), T0);

            assertThat(iam.sessionByToken(never.tokenHash()))
                    .as("absence is empty")
                    .isEmpty();
            assertThat(iam.session(never.id())).as("absence is empty").isEmpty();
            assertThat(iam.removeSession(never.id())).as("absence is false").isFalse();
            assertThat(iam.removeSessionsOf(never.userId(), Optional.empty()))
                    .as("nothing to end")
                    .isZero();
            assertThat(iam.sessions(never.userId(), PageRequest.first(1)).items())
                    .as("no user")
                    .isEmpty();
            iam.touchSession(never.id(), T0);
            assertThat(iam.session(never.id())).as("a touch adds nothing").isEmpty();
        }
    }

    @Test
    default void aTakenSessionTokenIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            User bert = iam.addUser(user("bert@example.com"));
            Session first = session(anna, T0);
            iam.addSession(first);

            Refusal.alreadyExists(
                    "tokenHash",
                    "a token belongs to one session",
                    () -> iam.addSession(session(new SessionId(UUID.randomUUID()), first.tokenHash(), bert, T0, T0)));
            assertThat(iam.sessionByToken(first.tokenHash()))
                    .as("a refusal changes nothing")
                    .contains(first);
        }
    }

    @Test
    default void aTakenSessionIdIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            Session first = session(anna, T0);
            iam.addSession(first);

            Refusal.alreadyExists(
                    "id",
                    "a taken id is refused",
                    () -> iam.addSession(session(first.id(), tokenHash(), anna, T0, T0)));
        }
    }

    @Test
    default void aSessionOfNobodyIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Session session = session(user("nobody@example.com"), T0);

            Refusal.brokenReference("a session belongs to a user", () -> iam.addSession(session));
            assertThat(iam.session(session.id()))
                    .as("a refusal changes nothing")
                    .isEmpty();
        }
    }

    @Test
    default void theNewestSessionComesFirst() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            // Ids compare as unsigned bytes: 9… comes after 7…, though a signed comparison says otherwise.
            Session low = withId(anna, T0, "7fffffff-0000-7000-8000-000000000000");
            Session high = withId(anna, T0, "90000000-0000-7000-8000-000000000000");
            Session newest = withId(anna, T0.plusNanos(1000), "00000000-0000-7000-8000-000000000001");
            Session oldest = withId(anna, T0.minusNanos(1000), "ffffffff-0000-7000-8000-000000000002");
            List.of(low, newest, high, oldest).forEach(iam::addSession);
            iam.addSession(session(iam.addUser(user("bert@example.com")), T0));

            Paging.assertPages(List.of(newest, high, low, oldest), page -> iam.sessions(anna.id(), page));
        }
    }

    @Test
    default void sessionsAddedOrEndedBetweenPagesNeitherRepeatNorLoseOthers() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            List<Session> sessions = List.of(
                    session(anna, T0.plusSeconds(4)),
                    session(anna, T0.plusSeconds(3)),
                    session(anna, T0.plusSeconds(2)),
                    session(anna, T0.plusSeconds(1)));
            sessions.forEach(iam::addSession);
            Page<Session> first = iam.sessions(anna.id(), PageRequest.first(2));

            iam.addSession(session(anna, T0.plusSeconds(9)));
            iam.removeSession(sessions.get(1).id());
            Page<Session> second = iam.sessions(anna.id(), Paging.next(first, 2).orElseThrow());

            assertThat(second.items())
                    .as("changes between pages neither repeat nor lose others")
                    .containsExactly(sessions.get(2), sessions.get(3));
        }
    }

    @Test
    default void aCursorOfAnotherListOfSessionsIsRefused() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            String id = UUID.randomUUID().toString();
            PageRequest page = PageRequest.first(1);

            Refusal.cursor(() -> iam.sessions(anna.id(), page.after(Cursor.of("17"))));
            Refusal.cursor(() -> iam.sessions(anna.id(), page.after(Cursor.of("17", "18"))));
            Refusal.cursor(() -> iam.sessions(anna.id(), page.after(Cursor.of("yesterday", id))));
            Refusal.cursor(() -> iam.sessions(anna.id(), page.after(Cursor.of("17", id, "18"))));
        }
    }

    @Test
    default void theLastUseOfASessionNeverGoesBack() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Session session = session(iam.addUser(user("anna@example.com")), T0);
            iam.addSession(session);

            iam.touchSession(session.id(), T0.plusSeconds(60));
            iam.touchSession(session.id(), T0.plusSeconds(59));

            assertThat(iam.session(session.id()))
                    .as("the last use never goes back, and nothing else changes")
                    .contains(session(session.id(), session.tokenHash(), userOf(iam, session), T0, T0.plusSeconds(60)));
        }
    }

    private static User userOf(IamRepository iam, Session session) {
        return iam.user(session.userId()).orElseThrow();
    }

    @Test
    default void anEndedSessionIsGone() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            Session ended = session(anna, T0);
            Session other = session(anna, T0);
            iam.addSession(ended);
            iam.addSession(other);

            assertThat(iam.removeSession(ended.id()))
                    .as("there was such a session")
                    .isTrue();

            assertThat(iam.sessionByToken(ended.tokenHash()))
                    .as("an ended session is gone")
                    .isEmpty();
            assertThat(iam.session(other.id())).as("others stay").contains(other);
            assertThat(iam.removeSession(ended.id())).as("it was ended already").isFalse();
        }
    }

    @Test
    default void allSessionsOfAUserEndButTheOneToKeep() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            Session kept = session(anna, T0);
            Session ofBert = session(iam.addUser(user("bert@example.com")), T0);
            List.of(session(anna, T0), kept, session(anna, T0), ofBert).forEach(iam::addSession);

            assertThat(iam.removeSessionsOf(anna.id(), Optional.of(kept.id())))
                    .as("two were ended")
                    .isEqualTo(2);
            assertThat(iam.sessions(anna.id(), PageRequest.first(9)).items())
                    .as("one was kept")
                    .containsExactly(kept);
            assertThat(iam.removeSessionsOf(anna.id(), Optional.of(ofBert.id())))
                    .as("the session of somebody else keeps nothing")
                    .isEqualTo(1);
            assertThat(iam.session(ofBert.id())).as("other users keep theirs").contains(ofBert);
        }
    }

    @Test
    default void theSessionsOfAllUsersEnd() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            Session ofAnna = session(iam.addUser(user("anna@example.com")), T0);
            Session ofBert = session(iam.addUser(user("bert@example.com")), T0);
            List.of(ofAnna, ofBert).forEach(iam::addSession);

            assertThat(iam.removeAllSessions()).as("both were ended").isEqualTo(2);
            assertThat(List.of(iam.session(ofAnna.id()), iam.session(ofBert.id())))
                    .as("neither is there any more")
                    .containsOnly(Optional.empty());
            assertThat(iam.removeAllSessions()).as("there are none left").isZero();
        }
    }

    @Test
    default void expiredSessionsAreRemovedToTheMicrosecond() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            SessionPolicy policy = new SessionPolicy(Duration.ofMinutes(30), Duration.ofHours(12));
            Instant now = T0.plus(Duration.ofDays(1));
            Instant justOver = now.minus(Duration.ofHours(12));
            Instant justLive = justOver.plusNanos(1000);
            Session overByAge = session(new SessionId(UUID.randomUUID()), tokenHash(), anna, justOver, now);
            Session liveByAge = session(new SessionId(UUID.randomUUID()), tokenHash(), anna, justLive, now);
            Session overByRest = session(anna, now.minus(Duration.ofMinutes(30)));
            Session liveByRest = session(anna, now.minus(Duration.ofMinutes(30)).plusNanos(1000));
            List.of(overByAge, liveByAge, overByRest, liveByRest).forEach(iam::addSession);

            assertThat(iam.removeExpiredSessions(now, policy))
                    .as("two were over")
                    .isEqualTo(2);

            assertThat(iam.sessions(anna.id(), PageRequest.first(9)).items())
                    .as("a session counts until its end and until its rest is over, both exclusive")
                    .containsExactly(liveByRest, liveByAge);
        }
    }

    @Test
    default void sessionsSeenSinceATimeAreCounted() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(user("anna@example.com"));
            List.of(session(anna, T0.minusNanos(1000)), session(anna, T0), session(anna, T0.plusSeconds(1)))
                    .forEach(iam::addSession);

            assertThat(iam.sessionsSeenSince(T0)).as("the time itself counts").isEqualTo(2);
            assertThat(iam.sessionsSeenSince(T0.plusSeconds(2)))
                    .as("nobody came later")
                    .isZero();
        }
    }
}
