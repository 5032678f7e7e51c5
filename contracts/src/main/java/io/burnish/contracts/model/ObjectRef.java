package io.burnish.contracts.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Objects;

/**
 * Identity of an object across services. Text form, also the Kafka key: {@code target:3}. Ordered by type, then id: the
 * deterministic tie-break of the planner.
 */
public record ObjectRef(ObjectType type, long id) implements Comparable<ObjectRef> {

    private static final Comparator<ObjectRef> ORDER =
            Comparator.comparing(ObjectRef::type).thenComparingLong(ObjectRef::id);

    public ObjectRef {
        Objects.requireNonNull(type, "type");
    }

    /**
     * Parses the text form.
     *
     * @throws IllegalArgumentException if the text is not {@code <resource>:<id>}
     */
    @JsonCreator
    public static ObjectRef parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not an object reference: '" + text + "'");
        }
        try {
            return new ObjectRef(
                    ObjectType.ofResource(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an object reference: '" + text + "'", e);
        }
    }

    /** Short form for {@code new ObjectRef(ObjectType.HOST, id)}. */
    public static ObjectRef host(long id) {
        return new ObjectRef(ObjectType.HOST, id);
    }

    /** Short form for {@code new ObjectRef(ObjectType.TARGET, id)}. */
    public static ObjectRef target(long id) {
        return new ObjectRef(ObjectType.TARGET, id);
    }

    /** Short form for {@code new ObjectRef(ObjectType.FILESYSTEM, id)}. */
    public static ObjectRef filesystem(long id) {
        return new ObjectRef(ObjectType.FILESYSTEM, id);
    }

    /** Path of the object in the API, for example {@code /api/target/3/}. */
    public String uri() {
        return "/api/" + type.resource() + "/" + id + "/";
    }

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return type.resource() + ":" + id;
    }
}
