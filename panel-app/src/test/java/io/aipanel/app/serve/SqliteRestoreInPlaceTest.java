package io.aipanel.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.app.OnSqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SqliteRestoreInPlaceTest extends OnSqlite implements RestoreInPlaceContract {

    @Test
    void aRequestToStopLetsTheRestoreFinish() throws Exception {
        try (ServedPanel served = serve()) {
            Browser browser = RestoreInPlaceContract.admin(served);
            startJob(browser);
            CompletableFuture<Browser.Answer> restore = restore(browser);
            RestoreInPlaceContract.awaitRefusal(browser);

            served.process().terminate();
            served.process().awaitLine(Pattern.compile("SIGTERM: stopping"));
            endJob();

            assertThat(restore.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(served.process().exitCode()).isZero();
        }
    }

    @Test
    void aServerWhosePanelCannotBeOpenedAgainEndsWithAnError() throws Exception {
        try (ServedPanel served = serve()) {
            Browser browser = RestoreInPlaceContract.admin(served);
            Path lock = directory().resolve("data").resolve("serve.lock");
            Files.move(lock, directory().resolve("moved"));
            Files.createDirectory(lock);

            Browser.Answer answer = restore(browser).get(60, TimeUnit.SECONDS);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body().path("code").asText()).isEqualTo("panel-lost");
            assertThat(served.process().exitCode()).isEqualTo(1);
            assertThat(served.process().err()).last().asString().contains("cannot be opened again", "serve.lock");
        }
    }

    private static CompletableFuture<Browser.Answer> restore(Browser browser) {
        return RestoreInPlaceContract.restore(browser, RestoreInPlaceContract.backUp(browser));
    }
}
