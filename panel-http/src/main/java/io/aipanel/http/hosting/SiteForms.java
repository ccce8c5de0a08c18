package io.aipanel.http.hosting;

import io.aipanel.domain.hosting.DatabaseEngine;
import io.aipanel.domain.hosting.DocumentRoot;
import io.aipanel.domain.hosting.HostName;
import io.aipanel.domain.hosting.PhpVersion;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteStatus;
import io.aipanel.domain.hosting.SystemUser;
import io.aipanel.http.pages.Field;
import io.aipanel.http.pages.Form;
import io.aipanel.http.pages.Words;
import io.aipanel.http.web.Body;
import io.aipanel.http.web.Fields;
import io.aipanel.http.web.WireNames;
import io.aipanel.service.hosting.NewSite;
import io.aipanel.service.hosting.SiteChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The forms for sites and their databases, and what people fill in there. */
final class SiteForms {

    private SiteForms() {}

    static Form forNew(Words words, String action) {
        return Form.of(
                action,
                words.of("site.add"),
                Field.text("hostName", words.of("site.host-name"), ""),
                Field.textarea("aliases", words.of("site.aliases"), words.of("site.aliases-hint")),
                Field.text("documentRoot", words.of("site.document-root"), words.of("site.document-root-hint")),
                Field.text("phpVersion", words.of("site.php"), words.of("site.php-hint")),
                Field.text("systemUser", words.of("site.system-user"), words.of("site.system-user-hint")));
    }

    static Form forChange(Words words, String action, Site site) {
        List<Field.Option> states = Stream.of(SiteStatus.values())
                .map(WireNames::of)
                .map(name -> new Field.Option(name, words.of("site." + name)))
                .toList();
        return Form.of(
                        action,
                        words.of("site.save"),
                        Field.text("hostName", words.of("site.host-name"), "")
                                .filled(site.hostName().toUnicode()),
                        Field.textarea("aliases", words.of("site.aliases"), words.of("site.aliases-hint"))
                                .filled(String.join(
                                        "\n",
                                        site.aliases().stream()
                                                .map(HostName::toUnicode)
                                                .toList())),
                        Field.text("documentRoot", words.of("site.document-root"), "")
                                .filled(site.documentRoot().value()),
                        Field.text("phpVersion", words.of("site.php"), words.of("site.php-hint"))
                                .filled(site.phpVersion().map(PhpVersion::value).orElse("")),
                        Field.text("systemUser", words.of("site.system-user"), words.of("site.system-user-hint"))
                                .filled(site.systemUser().map(SystemUser::value).orElse("")),
                        Field.select("status", words.of("site.status"), states).filled(WireNames.of(site.status())))
                .with("version", Long.toString(site.version()));
    }

    static Form forDatabase(Words words, String action) {
        List<Field.Option> engines = WireNames.all(DatabaseEngine.class).stream()
                .map(name -> new Field.Option(name, name))
                .toList();
        return Form.of(
                action,
                words.of("database.add"),
                Field.select("engine", words.of("database.engine"), engines),
                Field.text("name", words.of("database.name"), words.of("database.name-hint")),
                Field.text("user", words.of("database.user"), words.of("database.user-hint")));
    }

    static NewSite site(Body body) {
        return new NewSite(
                body.value("hostName", text -> new HostName(text.strip())),
                names(body),
                given(body, "documentRoot", DocumentRoot::new),
                given(body, "phpVersion", PhpVersion::new),
                given(body, "systemUser", SystemUser::new),
                Optional.empty());
    }

    static SiteChange change(Body body) {
        return new SiteChange(
                Optional.of(body.value("hostName", text -> new HostName(text.strip()))),
                Optional.of(names(body)),
                Optional.of(body.value("documentRoot", text -> new DocumentRoot(text.strip()))),
                Optional.of(given(body, "phpVersion", PhpVersion::new)),
                Optional.of(given(body, "systemUser", SystemUser::new)),
                Optional.empty(),
                Optional.of(body.value("status", name -> WireNames.parse("status", SiteStatus.class, name))));
    }

    /** The version that somebody has seen who changes something. */
    static Optional<Long> version(Body body) {
        return body.optional("version", Fields::longNumber);
    }

    private static Set<HostName> names(Body body) {
        Set<HostName> names = new TreeSet<>();
        for (String text : body.optionalText("aliases").orElse("").split("[\\s,]+")) {
            if (!text.isEmpty()) {
                names.add(Fields.parse("aliases", text, HostName::new));
            }
        }
        return names;
    }

    private static <T> Optional<T> given(Body body, String field, Function<String, T> parser) {
        return body.optionalText(field)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Fields.parse(field, text, parser));
    }
}
