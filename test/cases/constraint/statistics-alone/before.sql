create schema app;
create table app.t (r int4range, constraint x exclude using gist ((r + r) with &&));
