package io.burnish.host.registration;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** Servers as the resource {@code host} serves them, as far as adding them goes. */
@ApplicationScoped
class ServerOfTestResource implements ApiResource {

    private final HostAddition addition;

    ServerOfTestResource(HostAddition addition) {
        this.addition = addition;
    }

    @Override
    public Resource resource() {
        return Resource.named("server_of_test")
                .table(Table.of("host h", "h.id", Predicate.of("h.not_deleted AND NOT h.provisional")))
                .fields(
                        Field.integer("id", "h.id"),
                        Field.text("fqdn", "h.fqdn"),
                        Field.text("state", "h.state"),
                        Field.text("install_method", "h.install_method"))
                .onList(HttpMethod.POST, Access.FSADMIN, "Add servers", addition::add)
                .onList(HttpMethod.PUT, Access.FSADMIN, "Deploy servers again", addition::deployAgain)
                .readable(Access.READ)
                .build();
    }
}
