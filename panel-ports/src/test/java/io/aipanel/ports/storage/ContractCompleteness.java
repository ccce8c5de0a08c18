package io.aipanel.ports.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/**
 * Whether an adapter runs the whole contract suite: every contract by exactly one test class, with no rule overridden
 * and none skipped.
 */
public final class ContractCompleteness {

    /** The suite promises at least so many cases on each engine. */
    private static final int FEWEST_CASES = 450;

    private final List<Class<?>> contracts;
    private final List<Class<?>> tests;

    private ContractCompleteness(List<Class<?>> contracts, List<Class<?>> tests) {
        this.contracts = contracts;
        this.tests = tests;
    }

    /** The suite, and the test classes that are compiled together with this one. */
    public static ContractCompleteness of(Class<?> adapterTest) {
        List<Class<?>> contracts = topLevelClasses(StoreContract.class, "Contract").stream()
                .filter(StoreContract.class::isAssignableFrom)
                .filter(contract -> contract != StoreContract.class)
                .toList();
        List<Class<?>> tests = topLevelClasses(adapterTest, "Test").stream()
                .filter(test -> !Modifier.isAbstract(test.getModifiers()))
                .toList();
        return new ContractCompleteness(contracts, tests);
    }

    /** Fails unless every contract is implemented by exactly one test class. */
    public void assertEveryContractIsRunOnce() {
        assertThat(contracts.stream()
                        .mapToInt(contract -> cases(contract).size())
                        .sum())
                .as("cases of the contract suite")
                .isGreaterThanOrEqualTo(FEWEST_CASES);
        for (Class<?> contract : contracts) {
            assertThat(tests.stream().filter(contract::isAssignableFrom))
                    .as("test classes that run %s", contract.getName())
                    .hasSize(1);
        }
    }

    /** Fails if a test class puts something else in the place of a rule. */
    public void assertNoRuleIsOverridden() {
        for (Class<?> contract : contracts) {
            assertThat(contract).as("contracts are interfaces").isInterface();
            assertThat(cases(contract)).as("%s has rules", contract.getName()).isNotEmpty();
            for (Method rule : cases(contract)) {
                for (Class<?> test : runners(contract)) {
                    assertThat(method(test, rule).getDeclaringClass())
                            .as("%s runs the rule %s as it is written", test.getName(), rule.getName())
                            .isEqualTo(contract);
                }
            }
        }
    }

    /** Fails if a rule, a contract or a test class is skipped, whether always or under a condition. */
    public void assertNoRuleIsSkipped() {
        for (Class<?> contract : contracts) {
            assertThat(skips(contract))
                    .as("%s is never skipped", contract.getName())
                    .isEmpty();
            for (Class<?> test : runners(contract)) {
                assertThat(skips(test))
                        .as("%s is never skipped", test.getName())
                        .isEmpty();
            }
            for (Method rule : cases(contract)) {
                assertThat(skips(rule)).as("%s is never skipped", rule).isEmpty();
            }
        }
    }

    private List<Class<?>> runners(Class<?> contract) {
        return tests.stream().filter(contract::isAssignableFrom).toList();
    }

    private static List<Method> cases(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
    }

    private static Method method(Class<?> test, Method rule) {
        try {
            return test.getMethod(rule.getName(), rule.getParameterTypes());
        } catch (NoSuchMethodException e) {
            throw new AssertionError(test + " has the rule " + rule.getName(), e);
        }
    }

    private static List<Annotation> skips(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType() == Disabled.class
                        || annotation.annotationType().getPackageName().equals("org.junit.jupiter.api.condition"))
                .toList();
    }

    private static List<Class<?>> topLevelClasses(Class<?> beside, String suffix) {
        URI place = codeSource(beside);
        try {
            if (!Files.isDirectory(Path.of(place))) {
                try (FileSystem jar = FileSystems.newFileSystem(Path.of(place), Map.of())) {
                    return topLevelClasses(jar.getPath("/"), suffix, beside.getClassLoader());
                }
            }
            return topLevelClasses(Path.of(place), suffix, beside.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException("classes in " + place + " cannot be listed", e);
        }
    }

    private static List<Class<?>> topLevelClasses(Path root, String suffix, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(suffix + ".class") && !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .<Class<?>>map(name -> load(name, loader))
                    .toList();
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " was just listed", e);
        }
    }

    private static URI codeSource(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new AssertionError(type + " comes from a file", e);
        }
    }
}
