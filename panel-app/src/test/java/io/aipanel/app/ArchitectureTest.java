package io.aipanel.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and what holds inside each. */
class ArchitectureTest {

    private static final JavaClasses PANEL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.aipanel");

    private static final Set<String> FEATURES =
            Set.of("iam", "hosting", "audit", "jobs", "versions", "settings", "backup", "capacity", "storage");

    /** What a front has besides the features: its own machinery. */
    private static final Map<String, Set<String>> FURTHER_PACKAGES = Map.of(
            "http", Set.of("web", "openapi", "pages"), "app", Set.of("cli", "config", "logging", "outgoing", "serve"));

    private static final DescribedPredicate<JavaClass> CALLERS_CONNECTION = named("java.sql.Connection");

    private static final Set<String> TELLS_THE_TIME = Set.of("now", "system", "systemUTC", "systemDefaultZone", "tick");

    @ParameterizedTest
    @ValueSource(strings = {"domain", "ports", "service", "sqlite", "postgres", "http", "app"})
    void everyModuleIsThere(String module) {
        // Rules about a package that does not exist would hold for nothing.
        assertThat(PANEL.that(resideInAPackage("io.aipanel." + module + "..")))
                .as("classes of %s", module)
                .anyMatch(type -> !type.getSimpleName().equals("package-info"));
    }

    @Test
    void theDomainStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.aipanel.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "io.aipanel.domain..",
                                "java.lang..",
                                "java.util..",
                                "java.time..",
                                "java.text..",
                                "java.math",
                                "java.security..",
                                "java.nio.charset",
                                "org.jspecify.annotations")
                        .or(named("java.nio.ByteBuffer", "java.nio.CharBuffer", "java.net.IDN"))
                        .or(named("java.net.InetAddress", "java.net.Inet6Address", "java.net.UnknownHostException")))
                .because("the domain does no input and output; addresses are parsed, never looked up")
                .check(PANEL);
    }

    @Test
    void theDomainHasNeitherAClockNorChance() {
        noClasses()
                .that()
                .resideInAPackage("io.aipanel.domain..")
                .should()
                .callMethodWhere(tellsTheTimeOrRollsDice())
                .because("time and chance are given to the domain, so that its rules can be tested")
                .check(PANEL);
    }

    @Test
    void theUseCasesAskTheirClock() {
        noClasses()
                .that()
                .resideInAPackage("io.aipanel.service..")
                .should()
                .callMethodWhere(tellsTheTime())
                .because("the clock is an InstantSource that an embedder chooses")
                .check(PANEL);
    }

    @Test
    void thePortsSeeTheDomainAlone() {
        onlySees("io.aipanel.ports..", "io.aipanel.domain..");
        noClasses()
                .that()
                .resideInAPackage("io.aipanel.ports..")
                .should()
                .dependOnClassesThat(speakSql().and(not(CALLERS_CONNECTION)))
                .because("a port says nothing about SQL")
                .check(PANEL);
    }

    @Test
    void theUseCasesSeePortsAndDomain() {
        onlySees("io.aipanel.service..", "io.aipanel.ports..", "io.aipanel.domain..");
        noClasses()
                .that()
                .resideInAPackage("io.aipanel.service..")
                .should()
                .dependOnClassesThat(speakSql()
                        .and(not(CALLERS_CONNECTION))
                        .or(resideInAnyPackage(
                                "org.jdbi..", "com.zaxxer..", "liquibase..", "io.javalin..", "picocli..")))
                .because("a use case knows neither the engine nor the front")
                .check(PANEL);
    }

    @Test
    void theCallersOwnConnectionIsPassedOnAndNothingElse() {
        noClasses()
                .that(resideInAnyPackage("io.aipanel.ports..", "io.aipanel.service.."))
                .and(not(named("io.aipanel.ports.storage.Storage", "io.aipanel.service.jobs.Jobs")))
                .should()
                .dependOnClassesThat(CALLERS_CONNECTION)
                .because("jobs may be enqueued within a transaction of the caller's own, and whoever wants that has a"
                        + " connection; these two hand it to the engine")
                .check(PANEL);
        noClasses()
                .that(resideInAnyPackage("io.aipanel.ports..", "io.aipanel.service.."))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "of a connection",
                        call -> CALLERS_CONNECTION.test(call.getTarget().getOwner())))
                .because("what is done with it is the engine's")
                .check(PANEL);
    }

    @Test
    void theAdaptersSeePortsAndDomainButNotEachOther() {
        onlySees("io.aipanel.sqlite..", "io.aipanel.ports..", "io.aipanel.domain..");
        onlySees("io.aipanel.postgres..", "io.aipanel.ports..", "io.aipanel.domain..");
    }

    @Test
    void theHttpFrontSeesUseCasesAndNoEngine() {
        onlySees("io.aipanel.http..", "io.aipanel.service..", "io.aipanel.ports..", "io.aipanel.domain..");
        noClasses()
                .that()
                .resideInAPackage("io.aipanel.http..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi.."))
                .because("routes parse, call and render")
                .check(PANEL);
    }

    @Test
    void onlyTheProgramNamesAnEngine() {
        noClasses()
                .that(not(resideInAnyPackage("io.aipanel.sqlite..", "io.aipanel.postgres..", "io.aipanel.app..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.aipanel.sqlite..", "io.aipanel.postgres..", "org.sqlite..", "org.postgresql.."))
                .because("the engine is chosen once, by the scheme of the storage URL")
                .check(PANEL);
    }

    @Test
    void onlyTheProgramSpeaksToTheTerminal() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(PANEL.that(not(resideInAPackage("io.aipanel.app.."))));
    }

    @Test
    void classesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .because("such a name says nothing")
                .check(PANEL);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .as("packages whose package-info is @NullMarked")
                .hasSizeGreaterThan(40)
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void aFeatureHasOneNameEverywhere() {
        Set<String> strange = new TreeSet<>();
        for (JavaPackage each : packages()) {
            List<String> parts = List.of(each.getName().split("\\."));
            boolean known = parts.size() == 3
                    || parts.size() == 4
                            && (FEATURES.contains(parts.get(3))
                                    || FURTHER_PACKAGES
                                            .getOrDefault(parts.get(2), Set.of())
                                            .contains(parts.get(3)));
            if (!known) {
                strange.add(each.getName());
            }
        }
        assertThat(strange)
                .as("packages that are not io.aipanel.<module>.<feature>")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aRepositoryLivesInThePackageOfItsPort(String engine) {
        List<JavaClass> repositories = PANEL.that(resideInAPackage("io.aipanel." + engine + "..")).stream()
                .filter(type -> type.isTopLevelClass())
                .filter(type -> !portsOf(type).isEmpty())
                .toList();

        assertThat(repositories)
                .as("repositories on %s", engine)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(type -> {
                    for (JavaClass port : portsOf(type)) {
                        assertThat(type.getPackageName())
                                .as("the package of %s, which implements %s", type.getName(), port.getName())
                                .isEqualTo(port.getPackageName().replace("io.aipanel.ports", "io.aipanel." + engine));
                    }
                });
    }

    private static Set<JavaClass> portsOf(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(port -> port.getPackageName().startsWith("io.aipanel.ports."))
                .filter(port -> port.getSimpleName().endsWith("Repository"))
                .collect(Collectors.toSet());
    }

    /** Of our own modules, these classes see only themselves and the ones that are named. */
    private static void onlySees(String module, String... seen) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAPackage("io.aipanel..")
                        .and(not(resideInAPackage(module)))
                        .and(not(resideInAnyPackage(seen))))
                .because("these are the arrows of the architecture")
                .check(PANEL);
    }

    private static Collection<JavaPackage> packages() {
        return PANEL.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    }

    private static DescribedPredicate<JavaClass> speakSql() {
        return resideInAnyPackage("java.sql..", "javax.sql..");
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return DescribedPredicate.describe(
                String.join(", ", names), type -> Set.of(names).contains(type.getName()));
    }

    private static DescribedPredicate<JavaMethodCall> tellsTheTime() {
        return DescribedPredicate.describe("tells the time", call -> {
            MethodCallTarget target = call.getTarget();
            String owner = target.getOwner().getName();
            return owner.startsWith("java.time.") && TELLS_THE_TIME.contains(target.getName())
                    || owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
        });
    }

    private static DescribedPredicate<JavaMethodCall> tellsTheTimeOrRollsDice() {
        return DescribedPredicate.describe("tells the time or rolls dice", call -> {
            String owner = call.getTarget().getOwner().getName();
            String name = call.getTarget().getName();
            return tellsTheTime().test(call)
                    || name.equals("nanoTime")
                    || name.equals("randomUUID")
                    || owner.endsWith("Random")
                    || owner.equals("java.lang.Math") && name.equals("random");
        });
    }
}
