-- Which server's view was noted last.
ALTER TABLE target ADD COLUMN seen_by bigint;
