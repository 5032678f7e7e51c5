package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The API keeps its contract: resources are what {@code contract.txt} says and their lists follow the rules of all lists, requests get the
 * answers of {@code requests.txt}, and {@code /api/openapi.json} tells the truth about every operation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

    private Lab lab;
    private JsonNode document;

    @BeforeAll
    void aFilesystemIsThere() {
        lab = Lab.open();
        lab.removeFilesystems();
        lab.succeed(lab.createFilesystem("apifs").path("command"));
        document = lab.client().get("/api/openapi.json").orThrow("the document");
    }

    @AfterAll
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @Test
    void theDocumentIsValidAndComplete() {
        assertThat(new ApiDescription(document).mistakes()).isEmpty();
        assertThat(document.get("x-parts"))
                .allSatisfy(told -> assertThat(told.asText()).isEqualTo("current"));
        lab.client().get("/api/").body().properties().stream()
                .map(Map.Entry::getKey)
                .forEach(resource -> assertThat(document.get("paths").has("/api/" + resource + "/schema/"))
                        .as("%s of the directory", resource)
                        .isTrue());
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() throws IOException {
        ApiDescription api = new ApiDescription(document);
        new DescribedOperations(lab, api).ask();
        assertThat(api.differences()).isEmpty();
        assertThat(api.notCompared()).isEmpty();
    }

    @Test
    void schemasSayWhatTheContractSays() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (ContractTable.Row row : ContractTable.read()) {
            JsonNode schema = lab.client().get(row.path() + "schema/").orThrow("the schema of " + row.resource());
            complaints.addAll(
                    different(row, "methods of the list", row.listMethods(), schema, "allowed_list_http_methods"));
            complaints.addAll(
                    different(row, "methods of one", row.detailMethods(), schema, "allowed_detail_http_methods"));
            row.fields().stream()
                    .filter(field -> !schema.get("fields").has(field))
                    .forEach(field -> complaints.add("%s: %s is missing".formatted(row.resource(), field)));
            row.filters().forEach((field, operators) -> {
                List<String> served = words(schema.at("/filtering/" + field));
                boolean custom = !schema.path("fields").has(field);
                if (!custom && !served.containsAll(operators)) {
                    complaints.add("%s: %s can be filtered by %s, not by all of %s"
                            .formatted(row.resource(), field, served, operators));
                }
            });
            if (!words(schema.path("ordering")).containsAll(row.orderings())) {
                complaints.add(
                        "%s: ordering %s, not %s".formatted(row.resource(), schema.path("ordering"), row.orderings()));
            }
            row.relations().keySet().stream()
                    .filter(field ->
                            !schema.at("/fields/" + field + "/type").asText().equals("related"))
                    .forEach(field -> complaints.add("%s: %s is no relation".formatted(row.resource(), field)));
        }
        assertThat(complaints).isEmpty();
    }

    private static List<String> different(
            ContractTable.Row row, String what, List<String> expected, JsonNode schema, String key) {
        Set<String> served = new TreeSet<>();
        words(schema.get(key)).forEach(method -> served.add(method.toUpperCase(java.util.Locale.ROOT)));
        return served.equals(new TreeSet<>(expected))
                ? List.of()
                : List.of("%s: %s: %s, not %s".formatted(row.resource(), what, served, expected));
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    void requestsGetTheAnswersOfTheContract() throws IOException {
        Map<String, String> names = new ContractNames(lab).byName();
        List<String> complaints = new ArrayList<>();
        for (ContractRequest request : ContractRequest.read(names)) {
            ApiReply reply = lab.client().send(request.method(), request.path(), request.body());
            request.complaint(reply).ifPresent(complaints::add);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void listsArePagedFilteredOrderedAndExpanded() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (ContractTable.Row row : ContractTable.read()) {
            if (row.listMethods().contains("GET") && !row.resource().equals("action")) {
                boolean hasSet = document.get("paths").has(row.path() + "set/{ids}/");
                complaints.addAll(ListContract.complaints(lab.client(), row, hasSet));
            }
        }
        assertThat(complaints).isEmpty();
    }
}
