package io.aipanel.domain.hosting;

import io.aipanel.domain.iam.UserId;
import java.util.Optional;

/**
 * Which sites are wanted. What is empty does not restrict.
 *
 * @param owner the sites of this user
 * @param search the sites that have this text somewhere in their ASCII primary name, compared as lower case without
 *     wildcards
 */
public record SiteFilter(Optional<UserId> owner, Optional<String> search) {

    /** Every site. */
    public static final SiteFilter ALL = new SiteFilter(Optional.empty(), Optional.empty());
}
