/** The promises of the whole product, tested through the gateway. */
package io.burnish.system;
