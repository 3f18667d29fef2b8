create schema app;
create text search template app.m (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary app.d (template = app.m);
