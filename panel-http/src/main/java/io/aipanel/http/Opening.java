package io.aipanel.http;

import io.aipanel.service.Panel;
import io.aipanel.service.PanelOptions;
import java.util.function.Consumer;

/**
 * How the panel of a server is opened, at first and after each restore.
 *
 * @param options how
 * @param opened is given the panel before it is served
 */
record Opening(PanelOptions options, Consumer<? super Panel> opened) {

    /** Opens it. */
    Panel open() {
        Panel panel = Panel.open(options);
        try {
            opened.accept(panel);
            return panel;
        } catch (RuntimeException | Error e) {
            panel.close();
            throw e;
        }
    }
}
