package io.burnish.contracts.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the monitor of a copytool has read of it, in the copytool's order. A batch may come again, whole: events are numbered within the
 * life of the monitor.
 *
 * @param hostId the server that speaks, by its certificate
 * @param run the job that started the copytool; {@code null} if the server does not know
 * @param monitor identity of the monitor's life
 * @param first number of the first event of this batch; the others follow
 * @param events as the copytool writes them (agent contract, 13.3), {@code event_time} in UTC: {@code YYYY-MM-DD HH:MM:SS+00:00}
 */
public record CopytoolEvents(
        long hostId, long copytoolId, String run, String monitor, long first, List<ObjectNode> events) {}
