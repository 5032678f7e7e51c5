/** A client of Burnish's API, as an administrator's script would be one. */
package io.burnish.standalone.client;
