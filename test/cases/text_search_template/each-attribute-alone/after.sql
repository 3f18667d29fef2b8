create schema app;
create function app.own_lexize(internal, internal, internal, internal) returns internal language internal immutable strict as 'dsimple_lexize';
create text search template app.t_lexize (init = dsimple_init, lexize = app.own_lexize);
