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

    /** Whether one must be signed in. */
    default boolean needsSignIn() {
        return true;
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
