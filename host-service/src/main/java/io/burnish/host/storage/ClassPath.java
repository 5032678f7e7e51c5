package io.burnish.host.storage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a URL that names a class: {@code <plugin_name>/<class_name>}, neither beginning with a digit. */
record ClassPath(String plugin, String className) {

    private static final Pattern FORM = Pattern.compile("([^\\d/][^/]*)/([^\\d/][^/]*)");

    static Optional<ClassPath> of(String id) {
        Matcher form = FORM.matcher(id);
        return form.matches() ? Optional.of(new ClassPath(form.group(1), form.group(2))) : Optional.empty();
    }
}
