-- What a command was asked to do, so that it can be asked again.
ALTER TABLE command ADD COLUMN request jsonb;
-- The earlier job for the same purpose, whose finished steps need not be done again.
ALTER TABLE job ADD COLUMN resumes bigint REFERENCES job;
