package io.aipanel.http.backup;

import java.util.List;

/**
 * What bringing back a part of a backup has done, as the outside sees it.
 *
 * @param changed what was brought back: the names of settings, or a site and its databases in words
 */
record PartRestoredView(List<String> changed) {}
