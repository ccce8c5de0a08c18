package io.aipanel.service.hosting;

import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.iam.Permission;
import io.aipanel.domain.iam.UserId;
import io.aipanel.service.iam.Access;
import io.aipanel.service.iam.Actor;
import java.util.Optional;

/** Which sites an actor may see and change. */
record SiteAccess(Access access) {

    /** Whose sites the actor may see; empty for everybody's. */
    Optional<UserId> visibleOwner(Actor actor, String action) {
        if (actor.may(Permission.SITES_READ) || actor.may(Permission.SITES_WRITE)) {
            return Optional.empty();
        }
        return Optional.of(own(actor, Permission.SITES_READ, action));
    }

    /** Requires that the actor may change some sites at least. */
    void requireAny(Actor actor, String action) {
        if (!actor.may(Permission.SITES_WRITE)) {
            own(actor, Permission.SITES_WRITE, action);
        }
    }

    /** Requires that the actor may change the sites of a user. */
    void requireFor(Actor actor, UserId owner, String action) {
        if (!actor.may(Permission.SITES_WRITE)
                && !own(actor, Permission.SITES_WRITE, action).equals(owner)) {
            access.require(actor, Permission.SITES_WRITE, action);
        }
    }

    /** Whether the actor may change a site. */
    boolean mayChange(Actor actor, Site site) {
        return actor.may(Permission.SITES_WRITE) || (actor.may(Permission.SITES_OWN) && actor.is(site.owner()));
    }

    private UserId own(Actor actor, Permission all, String action) {
        if (!actor.may(Permission.SITES_OWN) || actor.userId().isEmpty()) {
            access.require(actor, all, action);
        }
        return actor.userId().orElseThrow(() -> access.denied(actor, action, "only users own sites"));
    }
}
