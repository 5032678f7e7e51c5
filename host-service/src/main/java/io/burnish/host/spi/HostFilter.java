package io.burnish.host.spi;

import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Filtering by the server that something belongs to: {@code host}, {@code host__id}, {@code host__fqdn}, {@code host__fqdn__startswith}. */
public final class HostFilter {

    private static final Set<Operator> SAME = EnumSet.of(Operator.EXACT, Operator.IN);

    private HostFilter() {}

    /**
     * The filter of a relation to a server.
     *
     * @param id expression of the server's id
     */
    public static Filter on(String id) {
        return Filter.on(id, FieldType.RELATED, SAME)
                .through(Map.of(
                        "id",
                        Filter.on(id, FieldType.INTEGER, SAME),
                        "fqdn",
                        Filter.on(
                                "(SELECT f.fqdn FROM host f WHERE f.id = " + id + ")",
                                FieldType.STRING,
                                EnumSet.of(Operator.EXACT, Operator.STARTSWITH))));
    }
}
