package io.burnish.kit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void aUriAndTheObjectAsItWasServedAreTheSameLink() {
        Link link = new Link("/api/host/5/");

        assertThat(Link.of(JSON.textNode("/api/host/5/"))).isEqualTo(link);
        assertThat(Link.of(JSON.objectNode().put("id", 7).put("resource_uri", "/api/host/5/")))
                .isEqualTo(link);
        assertThat(link.id("host")).contains(5L);
        assertThat(link.object()).contains(ObjectRef.host(5));
        assertThat(new Link("/api/target/3").object()).contains(ObjectRef.target(3));
        assertThat(new Link("/api/server_profile/base_managed_rh7/").key("server_profile"))
                .contains("base_managed_rh7");
    }

    @Test
    void whatIsNoLinkToAnObjectOfTheResourceLeadsToNone() {
        for (String text : List.of(
                "",
                "5",
                "/api/host/",
                "/api/host//",
                "/api/target/5/",
                "/api/host/+5/",
                "/api/host/٥/",
                "/api/host/5/6/",
                "/api/host/9999999999999999999/",
                "https://elsewhere/api/host/5/")) {
            assertThat(new Link(text).id("host")).as(text).isEmpty();
        }
        assertThat(Link.of(JSON.missingNode()).text()).isEmpty();
        assertThat(Link.of(JSON.nullNode()).id("host")).isEmpty();
        assertThat(Link.of(JSON.arrayNode().add("/api/host/5/")).id("host")).isEmpty();
        assertThat(Link.of(JSON.objectNode()).id("host")).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed() {
        assertThat(new Link("/api/user/999/").leadsNowhere().body().toString())
                .isEqualTo("{\"error\":\"Could not find the provided object via resource URI '/api/user/999/'.\"}");
    }
}
