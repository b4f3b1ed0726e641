-- A turn says which question it answers, what guardrails found, and what an answer in the background is asked for again with.

ALTER TABLE aiobs_turns ADD COLUMN question_sequence INTEGER;
ALTER TABLE aiobs_turns ADD COLUMN findings TEXT;
ALTER TABLE aiobs_turns ADD COLUMN continuation TEXT;
