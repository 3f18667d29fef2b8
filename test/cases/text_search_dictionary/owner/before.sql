create schema app;
create text search dictionary app.d (template = snowball, language = english, stopwords = english);
alter text search dictionary app.d owner to pg_read_all_stats;
