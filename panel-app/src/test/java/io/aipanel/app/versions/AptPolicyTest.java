package io.aipanel.app.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.versions.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AptPolicyTest {

    private final Map<String, String> sources = AptPolicy.sources(recorded("policy.txt"));

    @Test
    void aSourceIsNamedByItsOriginAndReleaseAndNeverByItsUrl() {
        assertThat(sources.values())
                .containsExactlyInAnyOrder(
                        "deb.example.com bookworm/main",
                        "Debian bookworm-security/main",
                        "Debian Backports bookworm-backports/main",
                        "Debian bookworm/main",
                        "./")
                .noneMatch(name -> name.contains("hunter22") || name.contains("http"));
    }

    @Test
    void aPackageThatCouldBeNewerHasTheSourceOfTheCandidate() {
        assertThat(finding("openssl"))
                .isEqualTo(new Finding(
                        "Debian bookworm-security/main",
                        Optional.of("3.0.17-1~deb12u1"),
                        Optional.of("3.0.17-1~deb12u3")));
    }

    @Test
    void aPackageThatIsNotInstalledHasACandidateOnly() {
        assertThat(finding("nginx"))
                .isEqualTo(new Finding(
                        "Debian bookworm-security/main", Optional.empty(), Optional.of("1.22.1-9+deb12u2")));
        assertThat(finding("local-tool")).isEqualTo(new Finding("./", Optional.empty(), Optional.of("1.0")));
    }

    @Test
    void aPackageThatIsUpToDateIsItsOwnCandidate() {
        assertThat(finding("php8.4-fpm"))
                .isEqualTo(
                        new Finding("deb.example.com bookworm/main", Optional.of("8.4.1-1"), Optional.of("8.4.1-1")));
    }

    @Test
    void aPackageThatNoSourceOffersAnyMoreHasNoCandidate() {
        assertThat(finding("php7.4-fpm")).isEqualTo(new Finding("", Optional.of("7.4.33-1+deb11u5"), Optional.empty()));
    }

    @Test
    void aNameThatOnlyOtherPackagesSpeakOfHasNothing() {
        assertThat(finding("php-fpm-abi")).isEqualTo(Finding.NOTHING);
    }

    @Test
    void withoutPackageListsThereAreNoSources() {
        assertThat(AptPolicy.sources(
                        "Package files:\n 100 /var/lib/dpkg/status\n     release a=now\nPinned packages:\n"))
                .isEmpty();
    }

    private Finding finding(String name) {
        Map<String, Finding> findings = AptPolicy.findings(recorded("policy-names.txt"), sources);
        assertThat(findings).containsKey(name);
        return findings.get(name);
    }

    static String recorded(String file) {
        try (InputStream in = AptPolicyTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
