package io.burnish.host.power;

import io.burnish.host.fence.Purpose;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that every installation begins with (API contract, storage 9.3). One that was removed or changed stays so. */
@ApplicationScoped
class FactoryTypes {

    private record Factory(
            String agent, String make, String model, int outlets, int port, String user, String password) {}

    private static final String APC = "fence_apc";
    private static final List<Factory> ALL = List.of(
            apc(APC, "7900", 8),
            apc(APC, "7901", 8),
            apc(APC, "7902", 16),
            apc(APC, "7930", 24),
            apc(APC, "7931", 16),
            apc(APC, "7932", 24),
            apc(APC, "7920", 8),
            apc(APC, "7921", 8),
            apc(APC, "7960", 24),
            apc(APC, "7990", 24),
            apc("fence_apc_snmp", "8941", 24),
            new Factory(PowerType.IPMI_AGENT, "IPMI", "1.5 (LAN)", 0, 22, "root", "calvin"),
            new Factory(PowerType.IPMI_AGENT, "IPMI", "2.0 (LANplus)", 0, 22, "root", "calvin"));

    private final Database database;
    private final PowerTypes types;

    FactoryTypes(Database database, PowerTypes types) {
        this.database = database;
        this.types = types;
    }

    /** The passwords are those that the makers print in their manuals. */
    private static Factory apc(String agent, String model, int outlets) {
        return new Factory(agent, "APC", model, outlets, 23, "apc", "apc");
    }

    void install(@Observes StartupEvent startup) {
        database.run(tx -> ALL.forEach(factory -> install(tx, factory)));
    }

    private void install(Tx tx, Factory factory) {
        boolean known = tx.first(
                        "SELECT 1 FROM power_control_type WHERE agent = $1 AND make = $2 AND model = $3",
                        factory.agent(),
                        factory.make(),
                        factory.model())
                .isPresent();
        if (known) {
            return;
        }
        Map<Purpose, String> templates = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            templates.put(purpose, PowerType.template(purpose, factory.agent(), factory.model(), factory.outlets()));
        }
        types.create(
                tx,
                new PowerType(
                        factory.agent(),
                        factory.make(),
                        factory.model(),
                        factory.outlets(),
                        factory.port(),
                        factory.user(),
                        null,
                        templates),
                Optional.of(factory.password()));
    }
}
