/** The program behind {@code ./burnish}. */
package io.burnish.standalone.app;
