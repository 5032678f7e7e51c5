/** The main job, done as an administrator's script would do it: servers, volumes, a file system. */
package io.burnish.standalone.tour;
