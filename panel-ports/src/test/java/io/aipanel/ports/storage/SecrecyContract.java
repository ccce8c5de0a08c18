package io.aipanel.ports.storage;

import static io.aipanel.ports.iam.IamSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.Session;
import io.aipanel.domain.iam.SessionId;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.iam.IamSamples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a failure must not tell: whoever reads a log must not find what logs somebody in. */
public interface SecrecyContract extends StoreContract {

    /** The failure with all its causes, as a log would show it. */
    private static String logged(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("the call fails").isNotNull();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    default void aRefusedUserDoesNotShowAPasswordHash() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(IamSamples.user("anna@example.com"));
            List<ThrowingCallable> refused = List.of(
                    () -> iam.addUser(IamSamples.user("anna@example.com")),
                    () -> iam.addUser(IamSamples.withId(IamSamples.user("bert@example.com"), anna.id())),
                    () -> iam.updateUser(IamSamples.atVersion(anna, 9)));

            assertThat(refused)
                    .allSatisfy(call -> assertThat(logged(call))
                            .as("a failure shows no password hash, nor do its causes")
                            .doesNotContain(anna.passwordHash().value()));
        }
    }

    @Test
    default void aRefusedSessionOrTokenDoesNotShowItsHash() {
        try (StorageHarness harness = fresh()) {
            IamRepository iam = harness.storage().iam();
            User anna = iam.addUser(IamSamples.user("anna@example.com"));
            Session session = IamSamples.session(anna, T0);
            iam.addSession(session);
            ApiToken token = IamSamples.token(anna, "deploy");
            iam.addToken(token);

            assertThat(logged(() -> iam.addSession(
                            IamSamples.session(new SessionId(UUID.randomUUID()), session.tokenHash(), anna, T0, T0))))
                    .as("a failure shows no token hash, nor do its causes")
                    .doesNotContain(session.tokenHash().value());
            assertThat(logged(() -> iam.addToken(
                            IamSamples.token(new ApiTokenId(UUID.randomUUID()), anna, "another", token.tokenHash()))))
                    .as("a failure shows no token hash, nor do its causes")
                    .doesNotContain(token.tokenHash().value());
        }
    }

    @Test
    default void aClosedStoreDoesNotShowWhatItWasGiven() {
        try (StorageHarness harness = fresh()) {
            Storage storage = harness.storage();
            storage.close();
            StoredSetting secret = new StoredSetting(new SettingName("smtp.password"), "hunter2", true, T0);

            assertThat(logged(() -> storage.settings().put(secret)))
                    .as("a failure shows no secret setting")
                    .doesNotContain("hunter2");
        }
    }
}
