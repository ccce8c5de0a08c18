package io.aipanel.app.capacity;

import io.aipanel.app.cli.Text;
import io.aipanel.domain.capacity.Amounts;
import io.aipanel.service.capacity.CapacityNotice;
import io.aipanel.service.capacity.StateChange;

/** What a notice says to people. Nothing in it begins a new line that is not meant to. */
final class NoticeText {

    private NoticeText() {}

    /** One line, for example {@code Panel: audit-bytes is breached, at 103 % of its limit}. */
    static String subject(CapacityNotice notice) {
        StateChange change = notice.change();
        String share = change.share()
                .map(part -> ", at " + percent(part) + " of its limit")
                .orElse("");
        String what = change.threshold().wireName() + " is " + change.to().wireName() + share;
        return Text.onOneLine(notice.panel() + ": " + (notice.test() ? "test, " : "") + what);
    }

    /** Everything, line by line. */
    static String body(CapacityNotice notice) {
        StateChange change = notice.change();
        return String.join(
                        "\n",
                        Text.onOneLine(notice.panel()) + ": "
                                + change.threshold().wireName() + " is "
                                + change.to().wireName() + ", and was "
                                + change.from().wireName() + " before.",
                        "",
                        "value:  "
                                + change.value()
                                        .map(value -> Amounts.text(change.threshold(), value))
                                        .orElse("not measured"),
                        "limit:  " + Amounts.text(change.threshold(), change.limit()),
                        "share:  " + change.share().map(NoticeText::percent).orElse("unknown"),
                        "since:  " + Text.time(change.since()),
                        "",
                        notice.advice(),
                        "",
                        notice.url().map(url -> "The panel: " + url).orElse("More is shown by panel capacity."))
                + "\n";
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
