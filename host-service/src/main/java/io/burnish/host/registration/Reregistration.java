package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.host.hub.CertifiedEndpoint;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /agent/reregister/} at the hub: a server has another name and address (agent contract, 1.5). */
@ApplicationScoped
class Reregistration implements CertifiedEndpoint {

    private static final Answer MALFORMED = new Answer(400, "{\"__all__\": [\"Give fqdn and address\"]}");
    private static final Answer IN_USE = new Answer(400, "{\"fqdn\": [\"FQDN or address in use\"]}");

    private final Database database;
    private final CreationStore creations;
    private final HostRegistry hosts;

    Reregistration(Database database, CreationStore creations, HostRegistry hosts) {
        this.database = database;
        this.creations = creations;
        this.hosts = hosts;
    }

    @Override
    public String path() {
        return "/agent/reregister/";
    }

    @Override
    public Answer handle(long hostId, byte[] body) {
        JsonNode request;
        try {
            request = ContractJson.read(body, JsonNode.class);
        } catch (MalformedMessageException e) {
            return MALFORMED;
        }
        String fqdn = request.path("fqdn").asText();
        String address = request.path("address").asText();
        if (!RegistrationBody.name(fqdn) || !RegistrationBody.address(address)) {
            return MALFORMED;
        }
        return database.transaction(tx -> {
            creations.one(tx);
            return hosts.rename(tx, hostId, fqdn, address) ? new Answer(200, "") : IN_USE;
        });
    }
}
