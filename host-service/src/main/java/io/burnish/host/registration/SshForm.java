package io.burnish.host.registration;

import io.burnish.kit.api.Shape;

/** How a server that is reached over SSH is described in a body (API contract, core 2.13 and 2.15). */
public final class SshForm {

    /** Where it is, how to log in there, and which profile it gets. */
    public static final Shape SHAPE = Shape.object()
            .with("address", Shape.text().help("Address, optionally with user and port: user@server:port"))
            .optionally(
                    "auth_type",
                    Shape.oneOf("existing_keys_choice", "id_password_root", "private_key_choice", "shared"))
            .optionally("root_password", Shape.text())
            .optionally("private_key", Shape.text())
            .optionally("private_key_passphrase", Shape.text().orNull())
            .optionally("server_profile", Shape.link("server_profile"));

    private SshForm() {}
}
