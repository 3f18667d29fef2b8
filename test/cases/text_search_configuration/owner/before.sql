create schema app;
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for asciiword, word with english_stem;
alter text search configuration app.c add mapping for hword_numpart with simple;
alter text search configuration app.c owner to pg_read_all_stats;
