package io.aipanel.http.web;

import io.aipanel.domain.iam.Permission;
import io.aipanel.service.iam.Actor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may call a route, decided before anything of the body is read. The use cases decide again, with more knowledge. */
public sealed interface Rule {

    /** Everybody; who calls is not even looked up. */
    Rule PUBLIC = new Public();

    /** Whoever is signed in; the use case decides what they may do. */
    Rule SIGNED_IN = new SignedIn();

    /** Whoever has one of these permissions at least. */
    static Rule anyOf(Permission first, Permission... others) {
        return new AnyOf(EnumSet.of(first, others));
    }

    /** Whoever asks from the machine itself, without being signed in; of all others whoever the rule lets in. */
    static Rule localOr(Rule others) {
        return new LocalOr(others);
    }

    /** Whether one must be signed in, at least if one asks from elsewhere. */
    default boolean needsSignIn() {
        return true;
    }

    /**
     * Whether one must be signed in.
     *
     * @param isLocal whether the request comes from the machine itself
     */
    default boolean needsSignIn(boolean isLocal) {
        return needsSignIn();
    }

    /** Whether somebody who is signed in may call the route. */
    boolean allows(Actor actor);

    /** What is needed, for the refusal and for the API's description, as the end of "this needs …". */
    String needs();

    /** The permissions of which one is needed; empty if the rule does not name any. */
    default List<String> permissions() {
        return List.of();
    }

    /** See {@link #PUBLIC}. */
    record Public() implements Rule {
        @Override
        public boolean needsSignIn() {
            return false;
        }

        @Override
        public boolean allows(Actor actor) {
            return true;
        }

        @Override
        public String needs() {
            return "nothing";
        }
    }

    /** See {@link #SIGNED_IN}. */
    record SignedIn() implements Rule {
        @Override
        public boolean allows(Actor actor) {
            return true;
        }

        @Override
        public String needs() {
            return "to be signed in";
        }
    }

    /**
     * See {@link #localOr}.
     *
     * @param others what holds for those who ask from elsewhere
     */
    record LocalOr(Rule others) implements Rule {
        @Override
        public boolean needsSignIn(boolean isLocal) {
            return !isLocal && others.needsSignIn();
        }

        @Override
        public boolean allows(Actor actor) {
            return others.allows(actor);
        }

        @Override
        public String needs() {
            return others.needs() + ", unless it is asked for from the machine itself";
        }

        @Override
        public List<String> permissions() {
            return others.permissions();
        }
    }

    /**
     * See {@link #anyOf}.
     *
     * @param allowed the permissions, at least one
     */
    record AnyOf(Set<Permission> allowed) implements Rule {

        /**
         * @throws IllegalArgumentException if there is no permission
         */
        public AnyOf {
            allowed = Set.copyOf(allowed);
            if (allowed.isEmpty()) {
                throw new IllegalArgumentException("a rule must name at least one permission");
            }
        }

        @Override
        public boolean allows(Actor actor) {
            return allowed.stream().anyMatch(actor::may);
        }

        @Override
        public String needs() {
            return (allowed.size() == 1 ? "the permission " : "one of the permissions ")
                    + String.join(", ", permissions());
        }

        @Override
        public List<String> permissions() {
            return allowed.stream().sorted().map(Permission::wireName).collect(Collectors.toList());
        }
    }
}
