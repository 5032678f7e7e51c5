package io.burnish.lifecycle.offer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that can be asked for: an entry of {@code /api/action/} (API contract, core 1.16).
 *
 * @param state to PUT, for a transition; else {@code null}
 * @param className to POST as a job; {@code null} for a transition
 * @param args of the job; {@code null} for a transition
 * @param confirmation to show before a job runs; {@code null} for none
 */
public record Offer(
        String verb,
        String longDescription,
        int displayGroup,
        int displayOrder,
        String state,
        String className,
        ObjectNode args,
        String confirmation) {}
