package io.aipanel.domain.hosting;

/** Whether a site answers. */
public enum SiteStatus {
    /** The site answers. */
    ACTIVE,
    /** The site is kept but does not answer. */
    SUSPENDED
}
