package io.burnish.host.storage;

/**
 * How the resources below a root resource are asked for: {@code GET} of a URL that answers with a {@link Inventory}.
 *
 * @param url with attributes of the root in braces, for example {@code https://{address}:{port}/inventory}
 * @param username attribute with the name for basic authentication; {@code null}: none, or the address of the class has no users
 */
record ScanDeclaration(String url, String username) {}
