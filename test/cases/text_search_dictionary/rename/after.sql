create schema app;
-- schemactl: renamed_from d
create text search dictionary app.d2 (template = snowball, language = english, stopwords = english);
