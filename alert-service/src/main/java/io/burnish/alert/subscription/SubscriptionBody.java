package io.burnish.alert.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.alert.subscription.SubscriptionStore.Subscription;
import io.burnish.alert.type.AlertType;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Link;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks a submitted subscription (API contract, core 2.6). */
@ApplicationScoped
class SubscriptionBody {

    private static final Pattern USER = Pattern.compile(".*/(\\d{1,18})/?");
    private static final String RESOURCE_URI = "resource_uri";

    private final KnownUsers users;

    SubscriptionBody(KnownUsers users) {
        this.users = users;
    }

    /**
     * The subscription that a body asks for. May block.
     *
     * @param present the stored one, whose values stay where the body is silent; {@code null}: there is none
     */
    Subscription read(ObjectNode body, Subscription present, Principal caller) {
        JsonNode sentUser = body.get("user");
        long user = sentUser == null && present != null ? present.userId() : user(sentUser);
        requireOwn(caller, user);
        JsonNode sentType = body.get("alert_type");
        AlertType type = sentType == null && present != null ? present.type() : type(sentType);
        // who calls exists
        if (user != caller.userId() && !users.exists(user)) {
            throw new Link(uri(sentUser).orElse("/api/user/" + user + "/")).leadsNowhere();
        }
        return new Subscription(user, type);
    }

    /** Refuses callers that are neither the user nor superusers. */
    static void requireOwn(Principal caller, long user) {
        if (user != caller.userId() && caller.level() != Level.SUPERUSER) {
            throw ApiError.field("user", "Only superusers may change other users' subscriptions.");
        }
    }

    private static long user(JsonNode sent) {
        Matcher matcher = USER.matcher(uri(sent).orElse(""));
        if (!matcher.matches()) {
            throw ApiError.field("user", "Missing or malformed user parameter");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static AlertType type(JsonNode sent) {
        Link link = new Link(uri(sent).orElseThrow(() -> ApiError.field("alert_type", "This field is required.")));
        return link.id("alert_type").flatMap(AlertType::ofId).orElseThrow(link::leadsNowhere);
    }

    /** A relation is sent as a link, or as the object that was read. */
    private static Optional<String> uri(JsonNode sent) {
        if (sent == null) {
            return Optional.empty();
        }
        JsonNode text = sent.isObject() ? sent.path(RESOURCE_URI) : sent;
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }
}
