package io.burnish.gateway.account;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** The three factory groups (API contract, core 2.3). */
@ApplicationScoped
class GroupResource implements ApiResource {

    static final Resource RESOURCE = Resource.named("group")
            .table(Table.of("account_group g", "g.id", Predicate.TRUE))
            .fields(
                    Field.integer("id", "g.id"),
                    Field.text("name", "g.name")
                            .identifying()
                            .ordering()
                            .filter(Operator.EXACT, Operator.IEXACT)
                            .help("Name of the group"))
            .listable(Access.READ)
            .readable(Access.READ)
            .build();

    @Override
    public Resource resource() {
        return RESOURCE;
    }
}
