package io.aipanel.domain.hosting;

import io.aipanel.domain.Text;
import io.aipanel.domain.iam.UserId;
import java.util.Locale;
import java.util.Optional;

/**
 * Which sites are wanted. What is empty does not restrict.
 *
 * @param owner the sites of this user
 * @param search the sites that have this text somewhere in their ASCII primary name; kept in lower case, as host names
 *     are, at most {@link Text#INDEXED_BYTES} UTF-8 bytes; no character of it is a wildcard
 */
public record SiteFilter(Optional<UserId> owner, Optional<String> search) {

    /** Every site. */
    public static final SiteFilter ALL = new SiteFilter(Optional.empty(), Optional.empty());

    /**
     * @throws io.aipanel.domain.InvalidValueException if the text to search is too long or cannot be kept as text
     */
    public SiteFilter {
        search = search.map(text -> Text.check("search", text.toLowerCase(Locale.ROOT), Text.INDEXED_BYTES));
    }
}
