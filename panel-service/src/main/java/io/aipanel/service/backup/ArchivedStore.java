package io.aipanel.service.backup;

import io.aipanel.ports.storage.StoreName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The copy of one store in an archive.
 *
 * @param store which store
 * @param file what its engine calls the copy
 * @param bytes how long the copy is
 * @param sha256 the copy's SHA-256, in hexadecimal digits
 * @param pages how many pages it has; 0 if its engine has no such
 * @param schemaVersion the id of the last change of its change log
 * @param rows the number of rows of each table, by name
 * @param stored the file that holds it: the copy itself, or the copy compressed, encrypted or both
 */
public record ArchivedStore(
        StoreName store,
        String file,
        long bytes,
        String sha256,
        long pages,
        String schemaVersion,
        Map<String, Long> rows,
        StoredFile stored) {

    /** Keeps its own copy of the numbers, in the order of the names. */
    public ArchivedStore {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }
}
