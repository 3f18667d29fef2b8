create schema app;
-- schemactl: renamed_from c
create text search configuration app."C 2" (parser = default);
alter text search configuration app."C 2" add mapping for asciiword, word with english_stem;
alter text search configuration app."C 2" add mapping for hword_numpart with simple;
