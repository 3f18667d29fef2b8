create schema app;
-- schemactl: renamed_from p
create text search parser app.p2 (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
create text search configuration app.c (parser = app.p2);
