package io.burnish.host.host;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandRequest;
import io.vertx.sqlclient.Row;

/**
 * A profile that is recorded while it is not known yet whether there is a command that sets the server up by it.
 *
 * @param former the profile to go back to if there is none
 * @param request what the command service is asked, always under the same key
 */
record ProfileChange(long hostId, String former, String profile, CommandRequest request) {

    String key() {
        return request.key();
    }

    static ProfileChange of(Row row) {
        return new ProfileChange(
                row.getLong("host_id"),
                row.getString("former"),
                row.getString("profile"),
                ContractJson.read(row.getString("request"), CommandRequest.class));
    }
}
