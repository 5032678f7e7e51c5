package io.burnish.metrics.resource;

import io.burnish.kit.api.ApiError;

/** Values of list parameters. */
final class FilterValue {

    private FilterValue() {}

    /**
     * An id.
     *
     * @throws ApiError 400 if it is no number
     */
    static long id(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }

    /** True or false; any text but {@code 0} and {@code false} is true. */
    static boolean isTrue(String value) {
        return !value.equals("0") && !value.equalsIgnoreCase("false");
    }
}
