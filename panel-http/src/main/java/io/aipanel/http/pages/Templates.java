package io.aipanel.http.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * Renders the templates, which the build has compiled: those in {@code src/main/jte/jobs} became classes of
 * {@code io.aipanel.http.jobs}, and so on. Safe for use by many threads.
 */
final class Templates {

    private static final String PACKAGE = "io.aipanel.http";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    /**
     * Renders a page.
     *
     * @param name the name of its template, for example {@code jobs/list}
     * @param parameters what the template asks for, by name
     */
    String render(String name, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine.render(name + ".jte", parameters, output);
        return output.toString();
    }
}
