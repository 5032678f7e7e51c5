package io.burnish.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Link;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which groups an account is in: as submitted, and as stored. */
final class Memberships {

    private static final String FIELD = "groups";

    private Memberships() {}

    /**
     * The groups of a submitted user: a list of links, or of objects with {@code resource_uri}. Absent and null count as an empty list.
     *
     * @throws ApiError 400 if it is something else, or names a group that does not exist
     */
    static Set<Long> submitted(Tx tx, ObjectNode body) {
        JsonNode groups = body.get(FIELD);
        if (groups == null || groups.isNull()) {
            return Set.of();
        }
        if (!groups.isArray()) {
            throw ApiError.field(FIELD, "Enter a list of groups.");
        }
        Map<Long, Link> wanted = new LinkedHashMap<>();
        for (JsonNode group : groups) {
            JsonNode link = group.isObject() ? group.get("resource_uri") : group;
            if (link == null || !link.isTextual()) {
                throw ApiError.field(FIELD, "A group is a link like /api/group/1/, or an object with resource_uri.");
            }
            Link uri = Link.of(link);
            wanted.put(uri.id("group").orElseThrow(uri::leadsNowhere), uri);
        }
        return existing(tx, wanted);
    }

    private static Set<Long> existing(Tx tx, Map<Long, Link> wanted) {
        Long[] ids = wanted.keySet().toArray(Long[]::new);
        Set<Long> found = new TreeSet<>();
        for (Row row : tx.query("SELECT id FROM account_group WHERE id = ANY($1)", (Object) ids)) {
            found.add(row.getLong(0));
        }
        wanted.forEach((id, link) -> {
            if (!found.contains(id)) {
                throw link.leadsNowhere();
            }
        });
        return found;
    }

    /** The groups of an account. */
    static Set<Long> stored(Tx tx, long accountId) {
        Long[] ids = tx.one("SELECT ARRAY(SELECT group_id FROM account_membership WHERE account_id = $1)", accountId)
                .getArrayOfLongs(0);
        return new TreeSet<>(Arrays.asList(ids));
    }

    /** Makes the account a member of these groups and no others. */
    static void store(Tx tx, long accountId, Set<Long> groups) {
        Long[] ids = groups.toArray(Long[]::new);
        tx.update("DELETE FROM account_membership WHERE account_id = $1", accountId);
        tx.update(
                "INSERT INTO account_membership (account_id, group_id) SELECT $1, unnest($2::bigint[])",
                accountId,
                ids);
    }

    /** Whether members of these groups are superusers. */
    static boolean makeSuperuser(Set<Long> groups) {
        return groups.containsAll(List.of(Groups.SUPERUSERS));
    }
}
