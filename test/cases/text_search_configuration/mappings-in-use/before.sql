create schema app;
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for asciiword, word with english_stem;
alter text search configuration app.c add mapping for hword_numpart with simple;
create table app.t (body text);
create index t_body on app.t using gin (to_tsvector('app.c'::regconfig, body));
