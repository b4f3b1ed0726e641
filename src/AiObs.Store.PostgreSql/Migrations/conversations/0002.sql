-- A turn says which question it answers, what guardrails found, and what an answer in the background is asked for again with.

ALTER TABLE aiobs_turns ADD COLUMN question_sequence bigint;
ALTER TABLE aiobs_turns ADD COLUMN findings text;
ALTER TABLE aiobs_turns ADD COLUMN continuation text;
