-- What others were told of an alert last; told: whether it was active then, null: nothing.
ALTER TABLE alert ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE alert ADD COLUMN told boolean;
