package io.aipanel.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipanel.domain.storage.ChangeLog.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

    private static final ChangeLog LOG = new ChangeLog(List.of("0001-users", "0002-sites"));

    @Test
    void idsAreReadOutOfLiquibaseComments() {
        String sql = """
                --liquibase formatted sql

                --changeset aipanel:0001-users runInTransaction:true
                CREATE TABLE users (id TEXT); -- changeset is only a word here
                --rollback DROP TABLE users;

                --  changeset aipanel:0002-sites
                CREATE TABLE sites (id TEXT);
                """;

        assertThat(ChangeLog.parse(sql)).isEqualTo(LOG);
        assertThat(ChangeLog.parse(sql.replace("\n", "\r\n"))).isEqualTo(LOG);
        assertThat(ChangeLog.parse("SELECT 1").ids()).isEmpty();
    }

    @Test
    void aStoreThatHasGoneThroughEverythingIsCurrent() {
        assertThat(LOG.compare(List.of("0002-sites", "0001-users"))).isEqualTo(State.CURRENT);
        assertThat(new ChangeLog(List.of()).compare(List.of())).isEqualTo(State.CURRENT);
    }

    @Test
    void aStoreThatLacksChangesIsBehind() {
        assertThat(LOG.compare(List.of())).isEqualTo(State.BEHIND);
        assertThat(LOG.compare(List.of("0001-users"))).isEqualTo(State.BEHIND);
    }

    @Test
    void aStoreWithUnknownChangesIsNewerEvenIfItLacksOthers() {
        assertThat(LOG.compare(List.of("0001-users", "0002-sites", "0003-jobs")))
                .isEqualTo(State.NEWER);
        assertThat(LOG.compare(List.of("0003-jobs"))).isEqualTo(State.NEWER);
    }

    @Test
    void theLastChangeNamesTheVersion() {
        assertThat(LOG.version()).isEqualTo("0002-sites");
        assertThat(new ChangeLog(List.of()).version()).isEqualTo("none");
    }
}
