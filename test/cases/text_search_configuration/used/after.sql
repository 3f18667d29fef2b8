create schema app;
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for asciiword, word with english_stem;
alter text search configuration app.c add mapping for hword_numpart with simple;
create table app.t (body text, found tsvector generated always as (to_tsvector('app.c', body)) stored);
create index t_body on app.t using gin (to_tsvector('app.c'::regconfig, body));
create view app.v as select to_tsvector('app.c', body) as v from app.t;
