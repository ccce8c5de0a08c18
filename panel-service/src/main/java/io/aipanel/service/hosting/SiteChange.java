package io.aipanel.service.hosting;

import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.domain.iam.UserId;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be different about a site. What is empty stays.
 *
 * @param hostName the primary name
 * @param aliases the further names, instead of the present ones
 * @param documentRoot where the files are
 * @param phpVersion what it runs on; an empty {@link Optional} inside for no PHP
 * @param systemUser what it runs as; an empty {@link Optional} inside for the server's default
 * @param owner to whom it belongs
 * @param status whether it answers
 */
public record SiteChange(
        Optional<HostName> hostName,
        Optional<Set<HostName>> aliases,
        Optional<DocumentRoot> documentRoot,
        Optional<Optional<PhpVersion>> phpVersion,
        Optional<Optional<SystemUser>> systemUser,
        Optional<UserId> owner,
        Optional<SiteStatus> status) {}
