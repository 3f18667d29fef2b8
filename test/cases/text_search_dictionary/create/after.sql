create schema app;
create text search dictionary app.d (template = snowball, language = english, stopwords = english);
create text search dictionary app."D 2" (template = pg_catalog.simple, accept = false);
create text search dictionary app.plain (template = simple);
comment on text search dictionary app.d is 'd';
