create schema app;
create unlogged table app.t (a integer);
