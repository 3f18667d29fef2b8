create schema app;
create text search dictionary app.d (template = snowball, language = english, stopwords = english);
