package io.aipanel.http.pages;

import java.util.List;
import java.util.Optional;

/**
 * What every page has around it.
 *
 * @param panelName what the panel calls itself
 * @param words the language
 * @param times how times are told
 * @param assets where style, scripts and the icon are
 * @param theme which colours: {@code system}, {@code light} or {@code dark}
 * @param languages the languages to choose from
 * @param sections where the navigation leads
 * @param user who is signed in; empty for nobody
 * @param notice what is told once; empty for nothing
 * @param target the path and query of this page
 * @param path the path of this page
 */
public record Frame(
        String panelName,
        Words words,
        Times times,
        Assets assets,
        String theme,
        List<Words> languages,
        List<Section> sections,
        Optional<String> user,
        Optional<String> notice,
        String target,
        String path) {

    /** Keeps its own copies of the lists. */
    public Frame {
        languages = List.copyOf(languages);
        sections = List.copyOf(sections);
    }
}
