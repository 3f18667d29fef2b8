create schema app;
create text search template app.z_template (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary app.a (template = app.z_template, stopwords = english);
