package io.aipanel.service.iam;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.ApiTokenId;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.TokenHash;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.storage.Storage;
import io.aipanel.service.NotFound;
import io.aipanel.service.audit.Details;
import io.aipanel.service.storage.Change;
import io.aipanel.service.storage.Changes;
import java.time.Instant;
import java.util.Optional;

/** Keeps API tokens. Users make their own; whoever manages users may end any. Safe for use by many threads. */
public final class ApiTokens {

    private final IamRepository iam;
    private final Changes changes;
    private final Access access;

    /** For {@link io.aipanel.service.Panel}. */
    public ApiTokens(Storage storage, Changes changes, Access access) {
        this.iam = storage.iam();
        this.changes = changes;
        this.access = access;
    }

    /**
     * Makes a token with which a program may do what the actor may do.
     *
     * @param name what it is for, unique among the user's tokens
     * @param expiresAt when it ends; empty for never
     * @throws io.aipanel.ports.storage.AlreadyExists if the user has a token of that name
     * @throws InvalidValueException if the name is not valid or the time is over
     * @throws PermissionDenied if the actor is no user
     */
    public NewApiToken add(Actor actor, String name, Optional<Instant> expiresAt) {
        UserId userId = requireUser(actor);
        Secret secret = Tokens.generate(Authentication.API_TOKEN_PREFIX);
        return changes.<NewApiToken>make(actor, change -> {
            if (expiresAt.isPresent() && !expiresAt.get().isAfter(change.now())) {
                throw new InvalidValueException("expiresAt", "must lie in the future");
            }
            ApiToken token = new ApiToken(
                    new ApiTokenId(Change.newId()),
                    userId,
                    name,
                    TokenHash.of(secret),
                    change.now(),
                    expiresAt,
                    Optional.empty());
            change.iam().addToken(token);
            change.record(
                    "token.add",
                    target(token.id()),
                    Details.of("name", name).and("expiresAt", token.expiresAt().map(Instant::toString)));
            return new NewApiToken(token, secret);
        });
    }

    /**
     * The actor's own tokens by name.
     *
     * @throws PermissionDenied if the actor is no user
     */
    public Page<ApiToken> list(Actor actor, PageRequest page) {
        return iam.tokens(requireUser(actor), page);
    }

    /**
     * Ends a token.
     *
     * @throws NotFound if there is no such token
     * @throws PermissionDenied if it is somebody else's, without {@link Permission#USERS_WRITE}
     */
    public void remove(Actor actor, ApiTokenId id) {
        Optional<ApiToken> token = iam.token(id);
        if (token.isEmpty() || !actor.is(token.get().userId())) {
            access.require(actor, Permission.USERS_WRITE, "token.remove");
        }
        changes.make(actor, change -> {
            if (!change.iam().removeToken(id)) {
                throw new NotFound("token " + id);
            }
            change.record("token.remove", target(id), Details.none().and("name", token.map(ApiToken::name)));
            return null;
        });
    }

    private UserId requireUser(Actor actor) {
        return actor.userId().orElseThrow(() -> access.denied(actor, "token.add", "only users have API tokens"));
    }

    private static String target(ApiTokenId id) {
        return "token:" + id;
    }
}
