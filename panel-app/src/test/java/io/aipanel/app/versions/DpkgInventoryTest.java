package io.aipanel.app.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipanel.domain.versions.ComponentName;
import io.aipanel.domain.versions.Finding;
import io.aipanel.ports.versions.ComponentInventory.InventoryFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the inventory on tools of our own that answer what was recorded, and fail as real ones do. */
class DpkgInventoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path tools;

    @BeforeEach
    void toolsThatAnswerWhatWasRecorded() throws IOException {
        Files.writeString(tools.resolve("policy.txt"), AptPolicyTest.recorded("policy.txt"));
        Files.writeString(tools.resolve("policy-names.txt"), AptPolicyTest.recorded("policy-names.txt"));
        tool("dpkg-query", """
                printf 'installed\\topenssl\\t3.0.17-1~deb12u1\\n'
                printf 'installed\\tphp7.4-fpm\\t7.4.33-1+deb11u5\\n'
                printf 'installed\\tphp8.4-fpm\\t8.4.1-1\\n'
                printf 'config-files\\tnginx\\t1.18.0-6\\n'
                """);
        tool("apt-cache", """
                echo "$@" >>%1$s/calls
                [ "$LC_ALL" = C ] || exit 7
                case "$*" in
                    pkgnames) printf 'openssl\\nnginx\\nphp-fpm-abi\\nphp8.4-fpm\\nphpmyadmin\\n' ;;
                    policy) cat %1$s/policy.txt ;;
                    policy\\ *) cat %1$s/policy-names.txt ;;
                esac
                """.formatted(tools));
    }

    @Test
    void whatIsInstalledAndWhatCouldBeIsFound() {
        Map<ComponentName, Finding> found = inventory().look(List.of("openssl", "nginx", "php*-fpm"));

        assertThat(found)
                .containsOnly(
                        Map.entry(
                                new ComponentName("nginx"),
                                new Finding(
                                        "Debian bookworm-security/main",
                                        Optional.empty(),
                                        Optional.of("1.22.1-9+deb12u2"))),
                        Map.entry(
                                new ComponentName("openssl"),
                                new Finding(
                                        "Debian bookworm-security/main",
                                        Optional.of("3.0.17-1~deb12u1"),
                                        Optional.of("3.0.17-1~deb12u3"))),
                        Map.entry(
                                new ComponentName("php7.4-fpm"),
                                new Finding("", Optional.of("7.4.33-1+deb11u5"), Optional.empty())),
                        Map.entry(
                                new ComponentName("php8.4-fpm"),
                                new Finding(
                                        "deb.example.com bookworm/main",
                                        Optional.of("8.4.1-1"),
                                        Optional.of("8.4.1-1"))));
    }

    @Test
    void aPatternIsExpandedToInstalledAndKnownNamesBeforeAptIsAsked() throws IOException {
        inventory().look(List.of("php*"));

        assertThat(Files.readAllLines(tools.resolve("calls")))
                .containsExactly("pkgnames", "policy", "policy php-fpm-abi php7.4-fpm php8.4-fpm phpmyadmin");
    }

    @Test
    void aNameThatTheHostHasNeverHeardOfIsThereWithNothing() {
        assertThat(inventory().look(List.of("no-such-package")))
                .containsExactly(Map.entry(new ComponentName("no-such-package"), Finding.NOTHING));
    }

    @Test
    void aHostWithoutTheToolsCannotTellAnything() throws IOException {
        Files.delete(tools.resolve("apt-cache"));
        assertThat(inventory().look(List.of("openssl"))).isEmpty();

        Files.delete(tools.resolve("dpkg-query"));
        assertThat(inventory().look(List.of("openssl"))).isEmpty();
    }

    @Test
    void aToolThatFailsIsToldWithWhatItSaid() throws IOException {
        tool("apt-cache", "echo 'E: The list of sources could not be read.' >&2; exit 100");

        assertThatThrownBy(() -> inventory().look(List.of("openssl")))
                .isInstanceOf(InventoryFailed.class)
                .hasMessageContainingAll("apt-cache", "exit code 100", "E: The list of sources could not be read.");
    }

    @Test
    void aToolThatComplainsALotIsHeardToItsEnd() throws IOException {
        tool("dpkg-query", """
                head -c 1000000 /dev/zero | tr '\\0' x >&2
                printf 'installed\\topenssl\\t1\\n'
                head -c 1000000 /dev/zero | tr '\\0' x >&2
                """);

        assertThat(inventory()
                        .look(List.of("openssl"))
                        .get(new ComponentName("openssl"))
                        .installed())
                .contains("1");
    }

    @Test
    void aToolThatDoesNotEndIsEndedAndTold() throws IOException {
        tool("dpkg-query", "echo $$ >" + tools.resolve("pid") + "; exec sleep 1000");

        assertThatThrownBy(() -> new DpkgInventory(tools.toString(), Duration.ofSeconds(1)).look(List.of("openssl")))
                .isInstanceOf(InventoryFailed.class)
                .hasMessageContainingAll("dpkg-query", "did not end within 1 seconds");
        long pid = Long.parseLong(Files.readString(tools.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid)
                        .map(ProcessHandle::onExit)
                        .map(ended ->
                                ended.orTimeout(10, TimeUnit.SECONDS).join().isAlive()))
                .isNotEqualTo(Optional.of(true));
    }

    @Test
    void aToolThatNeverStopsTalkingIsEndedAndTold() throws IOException {
        tool("dpkg-query", "exec head -c 40000000 /dev/zero");

        assertThatThrownBy(() -> inventory().look(List.of("openssl")))
                .isInstanceOf(InventoryFailed.class)
                .hasMessageContainingAll("dpkg-query", "more than");
    }

    @Test
    void aNameThatWouldBeAnOptionReachesNoTool() {
        assertThatThrownBy(() -> inventory().look(List.of("--help")))
                .isInstanceOf(InventoryFailed.class)
                .hasMessageContainingAll("--help", "versions.components");
        assertThat(tools.resolve("calls")).doesNotExist();
    }

    @Test
    void theToolsOfThisHostAnswerIfThereAreAny() {
        String searchPath = "/usr/bin:/bin";
        boolean debian = HostTool.find("dpkg-query", searchPath, PATIENCE).isPresent()
                && HostTool.find("apt-cache", searchPath, PATIENCE).isPresent();

        Map<ComponentName, Finding> found = DpkgInventory.on(searchPath).look(List.of("dpkg", "no-such-package-x"));

        // dpkg is essential: where it answers it cannot be missing
        assertThat(Optional.ofNullable(found.get(new ComponentName("dpkg"))).flatMap(Finding::installed))
                .matches(installed -> installed.isPresent() == debian);
        assertThat(Optional.ofNullable(found.get(new ComponentName("no-such-package-x"))))
                .isEqualTo(debian ? Optional.of(Finding.NOTHING) : Optional.empty());
    }

    private DpkgInventory inventory() {
        return new DpkgInventory(tools.toString(), PATIENCE);
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
