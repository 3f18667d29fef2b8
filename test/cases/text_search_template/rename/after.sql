create schema app;
-- schemactl: renamed_from m
create text search template app.m2 (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary app.d (template = app.m2);
