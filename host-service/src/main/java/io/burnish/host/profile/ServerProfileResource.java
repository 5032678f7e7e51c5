package io.burnish.host.profile;

import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /api/server_profile/} (API contract, core 2.14). */
@ApplicationScoped
public class ServerProfileResource implements ApiResource {

    private final Resource resource = Resource.named("server_profile")
            .table(new Table("server_profile p", "p.name", true, Predicate.TRUE, "p.position"))
            .fields(
                    Field.text("name", "p.name").filter(Operator.EXACT).identifying(),
                    Field.text("ui_name", "p.ui_name"),
                    Field.text("ui_description", "p.ui_description"),
                    Field.bool("managed", "p.managed").filter(Operator.EXACT).ordering(),
                    Field.bool("worker", "p.worker").filter(Operator.EXACT),
                    Field.bool("user_selectable", "p.user_selectable").filter(Operator.EXACT),
                    Field.bool("default", "p.preselected")
                            .filter(Operator.EXACT)
                            .ordering(),
                    Field.text("initial_state", "p.initial_state"),
                    Field.bool("ntp", "p.ntp"),
                    Field.bool("corosync", "p.corosync"),
                    Field.bool("corosync2", "p.corosync2"),
                    Field.bool("pacemaker", "p.pacemaker"))
            .listable(Access.READ)
            .readable(Access.READ)
            .unimplementedDetailPost()
            .build();

    @Override
    public Resource resource() {
        return resource;
    }
}
