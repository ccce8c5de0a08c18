package io.aipanel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RolesHttpTest extends HttpTest {

    @Test
    void builtInRolesAreListedAmongTheOthersByName() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"deployer\", \"permissions\": [\"jobs:write\"]}")
                .expect(201);
        Answer list = admin.get("/api/v1/roles").expect(200);
        assertThat(list.json().at("/items"))
                .extracting(role -> role.path("name").asText())
                .containsExactly("admin", "auditor", "deployer", "operator", "user");
        Answer first = admin.get("/api/v1/roles?limit=2").expect(200);
        Answer second = admin.get("/api/v1/roles?limit=2&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(second.json().at("/items"))
                .extracting(role -> role.path("name").asText())
                .containsExactly("deployer", "operator");
    }

    @Test
    void aCustomRoleIsAddedChangedAndRemoved() {
        Client admin = admin();
        Answer added = admin.post(
                        "/api/v1/roles",
                        "{\"name\": \"deployer\", \"description\": \"Deploys\", \"permissions\": [\"jobs:write\"]}")
                .expect(201);
        String place = added.header("location").orElseThrow();
        assertThat(added.json().at("/builtIn").asBoolean()).isFalse();
        admin.post("/api/v1/roles", "{\"name\": \"deployer\", \"permissions\": []}")
                .expectProblem(409, "already-exists", "name");
        Answer changed = admin.put(place, "{\"permissions\": [\"jobs:read\", \"jobs:write\"]}")
                .expect(200);
        assertThat(changed.json().at("/permissions"))
                .extracting(JsonNode::asText)
                .containsExactly("jobs:read", "jobs:write");
        assertThat(admin.get(place).expect(200).json()).isEqualTo(changed.json());
        admin.delete(place).expect(204);
        admin.get(place).expectProblem(404, "not-found");
    }

    @Test
    void aRoleThatSomebodyHasStays() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"deployer\", \"permissions\": [\"jobs:write\"]}")
                .expect(201);
        addUser("anna@example.com", "deployer");
        admin.delete("/api/v1/roles/deployer").expectProblem(409, "broken-reference");
    }

    @Test
    void builtInRolesCannotBeChanged() {
        Client admin = admin();
        admin.delete("/api/v1/roles/user").expectProblem(400, "invalid-value", "role");
        admin.put("/api/v1/roles/user", "{\"permissions\": []}").expectProblem(400, "invalid-value", "role");
        admin.post("/api/v1/roles", "{\"name\": \"admin\", \"permissions\": []}")
                .expectProblem(409, "already-exists", "name");
    }

    @Test
    void unknownPermissionsAndNamesAreRefusedByTheirPlace() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"x\", \"permissions\": [\"jobs:read\", \"fly\"]}")
                .expectProblem(400, "invalid-value", "permissions[1]");
        admin.post("/api/v1/roles", "{\"name\": \"No\", \"permissions\": []}")
                .expectProblem(400, "invalid-value", "name");
        admin.get("/api/v1/roles/No%20Such").expectProblem(404, "not-found");
    }

    @Test
    void nobodyGivesRightsThatTheyDoNotHave() {
        Client admin = admin();
        admin.post("/api/v1/roles", "{\"name\": \"giver\", \"permissions\": [\"roles:write\", \"users:write\"]}")
                .expect(201);
        addUser("giver@example.com", "giver");
        Client giver = nobody.loggedIn("giver@example.com", PASSWORD);
        giver.post("/api/v1/roles", "{\"name\": \"more\", \"permissions\": [\"settings:write\"]}")
                .expectProblem(403, "permission-denied");
        giver.post(
                        "/api/v1/users",
                        "{\"email\": \"x@example.com\", \"roles\": [\"admin\"], \"password\": \"" + PASSWORD + "\"}")
                .expectProblem(403, "permission-denied");
    }
}
