-- What an engine that cannot be told the language heard badly is heard again by a model that can: which one it was.

ALTER TABLE chunk ADD COLUMN other_model TEXT;
