package io.aipanel.postgres.backup;

import io.aipanel.domain.audit.LogTree;
import io.aipanel.domain.audit.Peaks;
import java.util.HexFormat;
import java.util.List;

/** The row of {@code audit.tree} in a copy. */
final class CopiedTree {

    private static final String HEX = "\\x";

    private CopiedTree() {}

    static LogTree of(List<String> columns, List<String> values) throws BrokenCopy {
        try {
            return new LogTree(
                    Peaks.of(Long.parseLong(value("size", columns, values)), bytes(value("peaks", columns, values))),
                    Peaks.of(
                            Long.parseLong(value("cut", columns, values)), bytes(value("cut_peaks", columns, values))));
        } catch (IllegalArgumentException e) {
            throw new BrokenCopy("has a tree over the audit log that contradicts itself (" + e.getMessage() + ")");
        }
    }

    private static String value(String column, List<String> columns, List<String> values) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("it has no " + column);
        }
        return values.get(index);
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith(HEX)) {
            throw new IllegalArgumentException("its bytes are not hexadecimal");
        }
        return HexFormat.of().parseHex(text, HEX.length(), text.length());
    }
}
