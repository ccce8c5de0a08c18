package io.aipanel.service.audit;

import io.aipanel.domain.audit.NewAuditEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes events as a table (RFC 4180). A cell that a spreadsheet would take for a formula gets a single quote before it, as
 * OWASP's page on CSV injection recommends; so does one that begins with a single quote, so that whoever takes one away
 * from every cell has what was there.
 */
final class CsvSink implements ExportSink {

    private static final String HEADER = "index,at,actor,action,target,outcome,address,requestId,details\r\n";
    /** The signs that begin formulas, also in the width of East Asian characters, and what is skipped before them. */
    private static final String MARKED = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n'";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@-]*");

    private final Writer out;

    CsvSink(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write(HEADER);
    }

    @Override
    public void write(ExportLine line) throws IOException {
        if (!(line instanceof ExportLine.Event row)) {
            return;
        }
        NewAuditEvent event = row.stored().event().orElseThrow();
        out.write(Long.toString(row.stored().index()));
        cell(event.at().toString());
        cell(event.actor());
        cell(event.action());
        cell(event.target());
        cell(event.outcome().name().toLowerCase(Locale.ROOT));
        cell(event.address().orElse(""));
        cell(event.requestId().orElse(""));
        cell(event.details().value());
        out.write("\r\n");
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void cell(String value) throws IOException {
        out.write(',');
        String shown = !value.isEmpty() && MARKED.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        if (PLAIN.matcher(shown).matches()) {
            out.write(shown);
        } else {
            out.write('"');
            out.write(shown.replace("\"", "\"\""));
            out.write('"');
        }
    }
}
