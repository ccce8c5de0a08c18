package io.aipanel.service.hosting;

import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.service.audit.Details;
import java.util.Locale;

/** What the audit log keeps of a site. */
final class SiteSummary {

    private SiteSummary() {}

    static Details of(Site site) {
        return Details.of("id", site.id().toString())
                .and("version", site.version())
                .and("hostName", site.hostName().value())
                .and("aliases", site.aliases().stream().map(HostName::value).toList())
                .and("documentRoot", site.documentRoot().value())
                .and("phpVersion", site.phpVersion().map(PhpVersion::value))
                .and("systemUser", site.systemUser().map(SystemUser::value))
                .and("owner", site.owner().toString())
                .and("status", site.status().name().toLowerCase(Locale.ROOT));
    }
}
