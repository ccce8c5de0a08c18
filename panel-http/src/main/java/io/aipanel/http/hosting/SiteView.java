package io.aipanel.http.hosting;

import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A site as the outside sees it; its name also in the letters that people read. */
record SiteView(
        String id,
        String hostName,
        String hostNameUnicode,
        List<String> aliases,
        String documentRoot,
        @Nullable String phpVersion,
        @Nullable String systemUser,
        String owner,
        SiteStatus status,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static SiteView of(Site site) {
        return new SiteView(
                site.id().toString(),
                site.hostName().value(),
                site.hostName().toUnicode(),
                site.aliases().stream().map(HostName::value).toList(),
                site.documentRoot().value(),
                site.phpVersion().map(PhpVersion::value).orElse(null),
                site.systemUser().map(SystemUser::value).orElse(null),
                site.owner().toString(),
                site.status(),
                site.createdAt(),
                site.updatedAt(),
                site.version());
    }
}
