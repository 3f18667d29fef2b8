create schema app;
create unlogged table app.t (id integer generated always as identity, s serial);
