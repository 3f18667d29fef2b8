create schema app;
create text search template app.m (lexize = dsimple_lexize);
