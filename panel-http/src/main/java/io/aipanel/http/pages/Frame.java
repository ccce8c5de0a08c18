package io.aipanel.http.pages;

/**
 * What every page has around it.
 *
 * @param panelName what the panel calls itself
 * @param stylesheet where the style is
 * @param icon where the icon is
 */
record Frame(String panelName, String stylesheet, String icon) {}
