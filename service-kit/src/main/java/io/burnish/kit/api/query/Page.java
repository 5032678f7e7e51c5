package io.burnish.kit.api.query;

import io.burnish.kit.api.ApiError;

/**
 * Which part of a list is wanted (API contract, core 1.6).
 *
 * @param limit number of objects; 0 means everything
 */
public record Page(int limit, long offset) {

    /** Used when the caller names none. */
    public static final int DEFAULT_LIMIT = 20;
    /** Largest limit that can be named; a list without limit is streamed. */
    public static final int MAX_LIMIT = 1000;

    /**
     * Reads {@code limit} and {@code offset}.
     *
     * @throws ApiError 400 if one of them is not a number or negative
     */
    public static Page of(Parameters parameters) {
        int limit = parameters.last("limit").map(Page::limit).orElse(DEFAULT_LIMIT);
        long offset = parameters.last("offset").map(Page::offset).orElse(0L);
        return new Page(limit, offset);
    }

    /** Whether everything is wanted. */
    public boolean unlimited() {
        return limit == 0;
    }

    private static int limit(String text) {
        long value = number(text, "Invalid limit '%s' provided. Please provide a positive integer.".formatted(text));
        if (value < 0) {
            throw ApiError.badQuery(
                    "Invalid limit '%s' provided. Please provide a positive integer >= 0.".formatted(text));
        }
        return (int) Math.min(value, MAX_LIMIT);
    }

    private static long offset(String text) {
        long value = number(text, "Invalid offset '%s' provided. Please provide an integer.".formatted(text));
        if (value < 0) {
            throw ApiError.badQuery(
                    "Invalid offset '%s' provided. Please provide a positive integer >= 0.".formatted(text));
        }
        return value;
    }

    private static long number(String text, String message) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw ApiError.badQuery(message);
        }
    }
}
