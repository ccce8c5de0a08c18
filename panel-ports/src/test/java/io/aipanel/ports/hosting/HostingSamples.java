package io.aipanel.ports.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.ports.iam.IamSamples;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Sites and databases to test with. */
public final class HostingSamples {

    /** When the samples were added. */
    public static final Instant T0 = IamSamples.T0;

    private HostingSamples() {}

    /** A site with a primary name and aliases. */
    public static Site site(User owner, String hostName, String... aliases) {
        return new Site(
                new SiteId(UUID.randomUUID()),
                new HostName(hostName),
                names(aliases),
                new DocumentRoot("/var/www/site"),
                Optional.of(new PhpVersion("8.3")),
                Optional.of(new SystemUser("www-data")),
                owner.id(),
                SiteStatus.ACTIVE,
                T0,
                T0,
                1);
    }

    /** The same site with another identity: id, owner and version. */
    public static Site with(Site site, SiteId id, UserId owner, long version) {
        return new Site(
                id,
                site.hostName(),
                site.aliases(),
                site.documentRoot(),
                site.phpVersion(),
                site.systemUser(),
                owner,
                site.status(),
                site.createdAt(),
                site.updatedAt(),
                version);
    }

    /** The same site under other names. */
    public static Site renamed(Site site, String hostName, String... aliases) {
        return site.with(
                new HostName(hostName),
                names(aliases),
                site.documentRoot(),
                site.phpVersion(),
                site.systemUser(),
                site.status(),
                site.updatedAt());
    }

    /** A database of a site. */
    public static SiteDatabase database(Site site, DatabaseEngine engine, String name) {
        return new SiteDatabase(new SiteDatabaseId(UUID.randomUUID()), site.id(), engine, name, "site_user", T0);
    }

    private static SortedSet<HostName> names(String... names) {
        SortedSet<HostName> all = new TreeSet<>();
        for (String name : names) {
            all.add(new HostName(name));
        }
        return all;
    }
}
