package io.burnish.kit.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.security.Access;
import java.util.List;

/**
 * What a method of a URL does, and who may call it.
 *
 * @param wire what it takes and gives; {@code null}: what the resource's fields suggest
 */
public record Operation(Access access, Work work, String summary, Wire wire) {

    /** Kinds of work. */
    public sealed interface Work {}

    /** GET of the list, or of one object, from the resource's table. */
    public record ReadTable() implements Work {}

    /** GET of a computed list, in the envelope of lists. */
    public record Computed(ListSource source) implements Work {}

    /** Anything else: code that runs on a virtual thread. */
    public record Custom(Handler handler) implements Work {}

    /** Computes the objects of a list, before paging. */
    @FunctionalInterface
    public interface ListSource {
        /** All objects that the caller may see. May block. */
        List<ObjectNode> objects(Call call);
    }

    /** Answers a request. May block. Throws {@link ApiError} to refuse. */
    @FunctionalInterface
    public interface Handler {
        /** The answer. */
        Reply handle(Call call);
    }
}
