-- Grows with every change that others are told of; 0: nobody was told of the account yet.
ALTER TABLE account ADD COLUMN version bigint NOT NULL DEFAULT 0;
