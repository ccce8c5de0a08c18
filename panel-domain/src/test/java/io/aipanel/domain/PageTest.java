package io.aipanel.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void oneItemTooManyTellsThatThereIsMore() {
        Page<String> page = Page.of(List.of("a", "b", "c"), 2, Cursor::of);

        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.next())
                .as("the next page goes on after the last item that was given")
                .contains(Cursor.of("b"));
    }

    @Test
    void aPageThatFitsExactlyIsTheLast() {
        assertThat(Page.of(List.of("a", "b"), 2, Cursor::of).next()).isEmpty();
        assertThat(Page.of(List.<String>of(), 2, Cursor::of).items()).isEmpty();
    }

    @Test
    void aPageKeepsItsOwnItems() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, Optional.empty());
        items.clear();

        assertThat(page.items()).containsExactly("a");
    }

    @Test
    void mappingKeepsThePlace() {
        Page<Integer> page = Page.of(List.of("a", "bb", "c"), 2, Cursor::of).map(String::length);

        assertThat(page).isEqualTo(new Page<>(List.of(1, 2), Optional.of(Cursor.of("bb"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, PageRequest.MAX_LIMIT + 1, Integer.MAX_VALUE})
    void aLimitOutOfRangeIsRefused(int limit) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> PageRequest.first(limit))
                .withMessage("limit must be between 1 and 1000");
    }

    @Test
    void aRequestGoesOnAfterACursor() {
        assertThat(PageRequest.first(7).after(Cursor.of("a")))
                .isEqualTo(new PageRequest(7, Optional.of(Cursor.of("a"))));
    }
}
