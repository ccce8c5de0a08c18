package io.aipanel.ports.hosting;

import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteDatabase;
import io.aipanel.domain.hosting.SiteDatabaseId;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.hosting.SiteId;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.BrokenReference;
import io.aipanel.ports.storage.StaleVersion;
import java.util.List;
import java.util.Optional;

/**
 * Sites and their databases.
 *
 * <p>Taken from a storage, each method is one transaction; taken from a transaction, it is part of that. Safe for use by
 * many threads in the first case, bound to the transaction's thread in the second.
 */
public interface HostingRepository {

    /**
     * Adds a site at version 1, whatever the given version is.
     *
     * @return the site as stored
     * @throws AlreadyExists ({@code hostName}) if the primary name belongs to another site, as its primary name or as an
     *     alias; ({@code aliases}) if an alias does; ({@code id}) if a site has the id
     * @throws BrokenReference if the owner does not exist
     */
    Site addSite(Site site);

    /** The site with an id; empty if there is none. */
    Optional<Site> site(SiteId id);

    /** The site that has a name, as its primary one or as an alias; empty if none has. */
    Optional<Site> siteByHostName(HostName hostName);

    /**
     * Sites by primary host name, in code point order of the ASCII form.
     *
     * @throws io.aipanel.domain.InvalidValueException ({@code cursor}) if the cursor belongs to another list
     */
    Page<Site> sites(SiteFilter filter, PageRequest page);

    /** How many sites there are. */
    long siteCount();

    /**
     * Replaces everything of a site but its id and creation time, and counts the version up.
     *
     * @param site the site as it should be, with the version that was read
     * @return the site as stored; empty if there is no such site
     * @throws StaleVersion if the version is not the present one
     * @throws AlreadyExists ({@code hostName}) if the primary name belongs to another site, as its primary name or as an
     *     alias; ({@code aliases}) if an alias does
     * @throws BrokenReference if the owner does not exist
     */
    Optional<Site> updateSite(Site site);

    /**
     * Removes a site.
     *
     * @param id which one
     * @param version the version that was read
     * @return whether there was such a site
     * @throws StaleVersion if the version is not the present one
     * @throws BrokenReference if the site still has databases
     */
    boolean removeSite(SiteId id, long version);

    /**
     * Adds a database to a site.
     *
     * @throws AlreadyExists ({@code name}) if the engine already has a database of that name; ({@code id}) if a database
     *     has the id
     * @throws BrokenReference if there is no such site
     */
    void addDatabase(SiteDatabase database);

    /** The database with an id; empty if there is none. */
    Optional<SiteDatabase> database(SiteDatabaseId id);

    /** The databases of a site, by engine (in the order of the enum), then by name; empty if there is no such site. */
    List<SiteDatabase> databases(SiteId siteId);

    /**
     * Removes the record of a database.
     *
     * @return whether there was such a database
     */
    boolean removeDatabase(SiteDatabaseId id);
}
