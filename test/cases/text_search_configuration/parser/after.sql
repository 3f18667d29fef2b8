create schema app;
create text search parser app.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
create text search configuration app.c (parser = app.p);
alter text search configuration app.c add mapping for asciiword, word with english_stem;
alter text search configuration app.c add mapping for hword_numpart with simple;
