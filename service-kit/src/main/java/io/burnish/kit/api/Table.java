package io.burnish.kit.api;

import io.burnish.kit.api.query.Predicate;

/**
 * Where a resource's objects are stored.
 *
 * @param from what follows FROM, for example {@code host h}
 * @param id expression of the id
 * @param textId whether ids are text; else they are 64-bit numbers
 * @param present condition that holds for objects that exist
 * @param order default order, for example {@code h.id}
 */
public record Table(String from, String id, boolean textId, Predicate present, String order) {

    /** Objects with numeric ids, in ascending order of ids. */
    public static Table of(String from, String id, Predicate present) {
        return new Table(from, id, false, present, id);
    }

    /** The same with another default order. */
    public Table orderedBy(String newOrder) {
        return new Table(from, id, textId, present, newOrder);
    }
}
