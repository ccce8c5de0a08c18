package io.aipanel.domain.hosting;

import io.aipanel.domain.InvalidValueException;
import io.aipanel.domain.Timestamps;
import io.aipanel.domain.iam.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A web site.
 *
 * @param id identifies the site for ever
 * @param hostName the primary name; no other site has it, not even as an alias
 * @param aliases further names, 0 to {@value #MAX_ALIASES}, in order; none is the primary name or belongs to another
 *     site
 * @param documentRoot where its files are
 * @param phpVersion what it runs on; empty for a site without PHP
 * @param systemUser what it runs as; empty for the server's default
 * @param owner to whom it belongs
 * @param status whether it answers
 * @param createdAt when it was added
 * @param updatedAt when it was last changed
 * @param version counts the changes, from 1; a change is accepted only by whom has seen the latest
 */
public record Site(
        SiteId id,
        HostName hostName,
        SortedSet<HostName> aliases,
        DocumentRoot documentRoot,
        Optional<PhpVersion> phpVersion,
        Optional<SystemUser> systemUser,
        UserId owner,
        SiteStatus status,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The most aliases of one site. */
    public static final int MAX_ALIASES = 100;

    /**
     * @throws InvalidValueException if there are too many aliases, or the primary name is among them
     */
    public Site {
        aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
        if (aliases.size() > MAX_ALIASES) {
            throw new InvalidValueException("aliases", "must be at most " + MAX_ALIASES);
        }
        if (aliases.contains(hostName)) {
            throw new InvalidValueException("aliases", "must not repeat the primary host name " + hostName);
        }
        createdAt = Timestamps.micros("createdAt", createdAt);
        updatedAt = Timestamps.micros("updatedAt", updatedAt);
    }

    /** The same site with what its owner may choose replaced. */
    public Site with(
            HostName newHostName,
            Set<HostName> newAliases,
            DocumentRoot newDocumentRoot,
            Optional<PhpVersion> newPhpVersion,
            Optional<SystemUser> newSystemUser,
            SiteStatus newStatus,
            Instant now) {
        return new Site(
                id,
                newHostName,
                new TreeSet<>(newAliases),
                newDocumentRoot,
                newPhpVersion,
                newSystemUser,
                owner,
                newStatus,
                createdAt,
                now,
                version);
    }

    /** The same site belonging to somebody else. */
    public Site withOwner(UserId newOwner, Instant now) {
        return new Site(
                id, hostName, aliases, documentRoot, phpVersion, systemUser, newOwner, status, createdAt, now, version);
    }
}
