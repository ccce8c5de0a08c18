package io.aipanel.app.capacity;

import io.aipanel.app.cli.Text;
import io.aipanel.domain.capacity.Amounts;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.StateChange;
import java.util.List;

/** What a notice says to people. Nothing in it begins a new line that is not meant to. */
final class NoticeText {

    private NoticeText() {}

    /** One line, for example {@code Panel: audit-bytes is at 103 % of its limit (breached)}. */
    static String subject(CapacityNotice notice) {
        return head(notice) + " (" + notice.change().to().wireName() + ")";
    }

    /** Everything, line by line. */
    static String body(CapacityNotice notice) {
        StateChange change = notice.change();
        List<String> lines = List.of(
                head(notice) + ".",
                "",
                "state:  " + change.to().wireName() + ", before that "
                        + change.from().wireName(),
                "since:  " + Text.time(change.since()),
                "value:  "
                        + change.value()
                                .map(value -> Amounts.text(change.threshold(), value))
                                .orElse("not measured"),
                "limit:  " + Amounts.text(change.threshold(), change.limit()),
                "",
                notice.advice(),
                "",
                notice.url().map(url -> "The panel: " + url).orElse("More is shown by panel capacity."),
                "");
        return String.join("\n", lines);
    }

    private static String head(CapacityNotice notice) {
        StateChange change = notice.change();
        String share = change.share()
                .map(part -> "at " + Math.round(part * 100) + " % of its limit")
                .orElse("not measured");
        String test = notice.test() ? "test, " : "";
        return Text.onOneLine(notice.panel()) + ": " + test + change.threshold().wireName() + " is " + share;
    }
}
