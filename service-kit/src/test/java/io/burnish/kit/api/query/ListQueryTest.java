package io.burnish.kit.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters and orderings as in the API contract, core 1.7 and 1.8. */
class ListQueryTest {

    private static final Filter HOST = Filter.on("t.host_id", FieldType.RELATED, Set.of(Operator.EXACT))
            .through(
                    Map.of("fqdn", Filter.on("h.fqdn", FieldType.STRING, Set.of(Operator.EXACT, Operator.STARTSWITH))));

    private static final Resource RESOURCE = Resource.named("thing")
            .table(Table.of("thing t", "t.id", Predicate.TRUE))
            .fields(
                    Field.integer("id", "t.id").filter(Operator.EXACT, Operator.IN),
                    Field.text("name", "t.name").filter(Operator.TEXT).ordering(),
                    Field.text("address", "t.address"),
                    Field.bool("flag", "t.flag").filter(Operator.EXACT),
                    Field.datetime("begin", "t.begin").filter(Operator.ORDERED).ordering(),
                    Field.text("kind", "t.kind")
                            .filter(Filter.on("t.kind", FieldType.STRING, Operator.ENUMERATED)
                                    .vocabulary(Map.of("LUSTRE", 1, "LUSTRE_ERROR", 2, "NORMAL", 0), false)),
                    Field.datetime("end", "t.ended").orNull().ordering(),
                    Field.toOne("host", "t.host_id", "host", null).filter(HOST))
            .build();

    private static ListQuery query(Map<String, List<String>> parameters) {
        return ListQuery.of(RESOURCE, Map.of(), new Parameters(parameters), "t.id");
    }

    private static Predicate filter(String name, String... values) {
        return query(Map.of(name, List.of(values))).predicate();
    }

    @Test
    void plainNameMeansExact() {
        assertThat(filter("name", "a")).isEqualTo(Predicate.of("t.name = ?", "a"));
        assertThat(filter("id", "7")).isEqualTo(Predicate.of("t.id = ?", 7L));
    }

    @Test
    void ofARepeatedFilterTheLastWins() {
        assertThat(filter("name", "a", "b")).isEqualTo(Predicate.of("t.name = ?", "b"));
    }

    @Test
    void inTakesRepetitionsAndCommas() {
        Predicate predicate = filter("id__in", "1", "2,3");
        assertThat(predicate.sql()).isEqualTo("t.id = ANY (?)");
        assertThat((Long[]) predicate.args().getFirst()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void emptyInMatchesNothing() {
        assertThat(filter("id__in", "")).isEqualTo(Predicate.FALSE);
    }

    @Test
    void ofAClosedVocabularyTheWordsAreSearchedNotWhatIsStored() {
        assertThat(filter("kind", "LUSTRE")).isEqualTo(Predicate.of("t.kind = ?", 1L));
        Predicate beginning = filter("kind__startswith", "LUSTRE");
        assertThat(beginning.sql()).isEqualTo("t.kind = ANY (?)");
        assertThat((Long[]) beginning.args().getFirst()).containsExactlyInAnyOrder(1L, 2L);
        assertThat((Long[]) filter("kind__endswith", "ERROR").args().getFirst()).containsExactly(2L);
        assertThat((Long[]) filter("kind__contains", "zz").args().getFirst()).isEmpty();
    }

    @Test
    void wordsForNullTestForNull() {
        for (String word : List.of("nil", "none", "None")) {
            assertThat(filter("name", word).sql()).isEqualTo("t.name IS NULL");
        }
    }

    @Test
    void patternCharactersAreLiteral() {
        assertThat(filter("name__contains", "50%_a\\")).isEqualTo(Predicate.of("t.name LIKE ?", "%50\\%\\_a\\\\%"));
    }

    @Test
    void relationsCanBeTraversedWhereDeclared() {
        assertThat(filter("host", "3")).isEqualTo(Predicate.of("t.host_id = ?", 3L));
        assertThat(filter("host__fqdn", "a.b")).isEqualTo(Predicate.of("h.fqdn = ?", "a.b"));
        assertThat(filter("host__fqdn__startswith", "a")).isEqualTo(Predicate.of("h.fqdn LIKE ?", "a%"));
    }

    @Test
    void unknownFieldsAndReservedWordsAreIgnored() {
        assertThat(filter("nothing", "1")).isEqualTo(Predicate.TRUE);
        assertThat(filter("nothing__in", "1")).isEqualTo(Predicate.TRUE);
        assertThat(filter("limit", "3")).isEqualTo(Predicate.TRUE);
        assertThat(filter("dehydrate__host", "1")).isEqualTo(Predicate.TRUE);
    }

    @Test
    void filtersCombineWithAnd() {
        ListQuery query = query(Map.of("name", List.of("a")));
        assertThat(query.predicate().and(Predicate.of("x > ?", 1)).numbered(1)).isEqualTo("(t.name = $1) AND (x > $2)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "address|x|The 'address' field does not allow filtering.",
                "id__gte|1|'gte' is not an allowed filter on the 'id' field.",
                "name__zzz|1|'zzz' is not an allowed filter on the 'name' field.",
                "name__fqdn__startswith|a|The 'name' field does not support relations.",
                "host__address__x|a|Lookups are not allowed more than one level deep on the 'host' field.",
                "id|abc|Invalid resource lookup data provided (mismatched type).",
                "id|\"\"|Invalid resource lookup data provided (mismatched type).",
                "begin|foo|'foo' value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.",
                "begin|2019-02-31|'2019-02-31' value has the correct format (YYYY-MM-DD) but it is an invalid date."
            })
    void refusesWhatIsNotDeclared(String name, String value, String message) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> filter(name, value))
                .satisfies(error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.body().get("error").asText()).isEqualTo(message);
                });
    }

    @ParameterizedTest
    @CsvSource({"true,true", "True,true", "1,true", "false,false", "False,false", "0,false"})
    void booleansAreReadInTheirSpellings(String text, boolean value) {
        assertThat(filter("flag", text)).isEqualTo(Predicate.of("t.flag = ?", value));
    }

    @ParameterizedTest
    @CsvSource({
        "2019-05-02, 2019-05-02T00:00Z",
        "2019-05-02 09:30, 2019-05-02T09:30Z",
        "2019-05-02T09:30:01.5Z, 2019-05-02T09:30:01.500Z",
        "2019-05-02T09:30:00+02:00, 2019-05-02T09:30+02:00",
        "2019-05-02T09:30:00-0130, 2019-05-02T09:30-01:30"
    })
    void timesAreReadLeniently(String text, OffsetDateTime time) {
        assertThat(filter("begin__gte", text)).isEqualTo(Predicate.of("t.begin >= ?", time));
    }

    @Test
    void ordersBySeveralKeysAndAlwaysByTheDefaultLast() {
        assertThat(query(Map.of("order_by", List.of("-begin", "name"))).order())
                .isEqualTo("t.begin DESC, t.name ASC, t.id");
        assertThat(query(Map.of("sort_by", List.of("name"))).order()).isEqualTo("t.name ASC, t.id");
        assertThat(query(Map.of()).order()).isEqualTo("t.id");
    }

    @Test
    void nullIsLessThanAnyValueWhereThereIsNull() {
        assertThat(query(Map.of("order_by", List.of("end"))).order()).isEqualTo("t.ended ASC NULLS FIRST, t.id");
        assertThat(query(Map.of("order_by", List.of("-end"))).order()).isEqualTo("t.ended DESC NULLS LAST, t.id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "zzz|No matching 'zzz' field for ordering on.",
                "flag|The 'flag' field does not allow ordering.",
                "-flag|The 'flag' field does not allow ordering."
            })
    void refusesOtherOrderings(String key, String message) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> query(Map.of("order_by", List.of(key))))
                .satisfies(
                        error -> assertThat(error.body().get("error").asText()).isEqualTo(message));
    }
}
