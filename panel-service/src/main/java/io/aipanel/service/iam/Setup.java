package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.PasswordHash;
import io.aipanel.domain.iam.Role;
import io.aipanel.domain.iam.User;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.storage.Changes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets the first admin in, with a one-time code that only whoever started the panel can see. The code is good until it
 * has been used, somebody has been added in another way, or the panel stops. Safe for use by many threads.
 */
public final class Setup {

    private final IamRepository iam;
    private final Changes changes;
    private final Passwords passwords;
    private final AtomicReference<Optional<Secret>> code = new AtomicReference<>(Optional.empty());

    /** For {@link io.aipanel.service.Panel}. */
    public Setup(Storage storage, Changes changes, Passwords passwords) {
        this.iam = storage.iam();
        this.changes = changes;
        this.passwords = passwords;
    }

    /** Whether nobody can log in yet. */
    public boolean isNeeded() {
        return !iam.hasUsers();
    }

    /**
     * Makes a new code, which replaces an earlier one.
     *
     * @return the code; empty if there are users already
     */
    public Optional<Secret> offer() {
        code.set(isNeeded() ? Optional.of(Tokens.generate("")) : Optional.empty());
        return code.get();
    }

    /**
     * Adds the first admin.
     *
     * @param given the code
     * @param from where the request comes from
     * @param user the admin; the role {@code admin} is given whatever the roles are
     * @return the admin; empty if the code is not the one that was offered, or there are users already
     * @throws io.aipanel.domain.InvalidValueException if a value of the user is not valid; the code stays good
     */
    public Optional<User> complete(Secret given, Actor from, NewUser user) {
        Optional<Secret> offered = code.get();
        if (offered.isEmpty() || !offered.get().equals(given)) {
            return Optional.empty();
        }
        PasswordHash hash = passwords.hash(Passwords.requireAcceptable(user.password()));
        NewUser admin = new NewUser(user.email(), user.displayName(), Set.of(Role.ADMIN), user.password());
        Actor setup = new Actor("setup", Optional.empty(), Set.of(), from.address(), from.requestId());
        Optional<User> added = changes.<Optional<User>>make(setup, change -> {
            // Two set-ups at once wait for each other here, so that only one finds no users.
            change.iam().activeUsersWith(Role.ADMIN);
            return change.iam().hasUsers() ? Optional.empty() : Optional.of(Users.insert(change, admin, hash));
        });
        code.set(Optional.empty());
        return added;
    }
}
