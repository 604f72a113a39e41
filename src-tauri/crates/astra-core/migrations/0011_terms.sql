-- What a term names, what an acronym stands for, and in how many past documents the term was found.
ALTER TABLE term ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
ALTER TABLE term ADD COLUMN expansion TEXT NOT NULL DEFAULT '';
ALTER TABLE term ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
