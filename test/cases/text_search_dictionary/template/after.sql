create schema app;
create text search dictionary app.d (template = simple, stopwords = english);
comment on text search dictionary app.d is 'd';
