package io.aipanel.http.pages;

/**
 * What is asked before something is done that cannot be undone, or is done to many things at once.
 *
 * @param title what is to be done
 * @param text what that means
 * @param form does it
 * @param back where somebody goes who does not want that
 */
public record Confirmation(String title, String text, Form form, String back) {

    /** The field that says that somebody was asked. */
    public static final String FIELD = "confirmed";
}
