package io.aipanel.service.hosting;

import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.UserId;
import java.util.Optional;
import java.util.Set;

/**
 * A site that is to be added.
 *
 * @param hostName its primary name
 * @param aliases its further names; may be empty
 * @param documentRoot where its files are; empty for {@code /var/www/} and the primary name
 * @param phpVersion what it runs on; empty for a site without PHP
 * @param systemUser what it runs as; empty for the server's default
 * @param owner to whom it belongs; empty for the actor
 */
public record NewSite(
        HostName hostName,
        Set<HostName> aliases,
        Optional<DocumentRoot> documentRoot,
        Optional<PhpVersion> phpVersion,
        Optional<SystemUser> systemUser,
        Optional<UserId> owner) {}
