package io.burnish.host.registration;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.RegistrationRequest;
import io.burnish.contracts.call.CommandRequest;
import io.vertx.sqlclient.Row;

/**
 * A server whose command is being asked for (ADR 5).
 *
 * @param hostId the provisional server
 * @param taken the server existed before: it is not undone
 * @param tokenId whose credit was taken; {@code null} when the server is added over SSH
 * @param registration identity of the server's request; {@code null} when it is added over SSH
 * @param request what the command service is asked, under the creation's key
 * @param certified the server's own request; {@code null} with {@code registration}
 */
record Creation(
        long hostId,
        boolean taken,
        Long tokenId,
        String registration,
        CommandRequest request,
        RegistrationRequest certified) {

    String key() {
        return request.key();
    }

    private record Stored(CommandRequest request, RegistrationRequest certified) {}

    String stored() {
        return ContractJson.text(new Stored(request, certified));
    }

    static Creation of(Row row) {
        Stored stored = ContractJson.read(row.getString("request"), Stored.class);
        return new Creation(
                row.getLong("host_id"),
                row.getBoolean("taken"),
                row.getLong("token_id"),
                row.getString("registration"),
                stored.request(),
                stored.certified());
    }
}
