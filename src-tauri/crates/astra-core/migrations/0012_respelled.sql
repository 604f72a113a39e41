-- Words that the vocabulary wrote in the place of what was heard, as JSON: which, and what was heard.
ALTER TABLE segment ADD COLUMN respelled TEXT NOT NULL DEFAULT '[]';
