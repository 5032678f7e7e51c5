-- What was seen of a target's place is kept while a job holds the target, and looked at again afterwards.
ALTER TABLE target
    -- when a job last brought about where it runs: what was seen before that says nothing any more
    ADD COLUMN placed_at timestamptz NOT NULL DEFAULT now(),
    -- when its cluster was last heard of; null: never
    ADD COLUMN seen_at timestamptz,
    -- the node it was seen on then; null: on none
    ADD COLUMN seen_node text;
