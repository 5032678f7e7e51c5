/**
 * How servers come in: tokens, the installer that a server fetches, the registration that gives it a certificate, deployment over SSH,
 * and the checks before it.
 */
package io.burnish.host.registration;
