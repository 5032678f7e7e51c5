-- Targets and file systems that were announced as discovered.
CREATE TABLE announced_object (
    ref text PRIMARY KEY
);
