create schema app;
create table app.t (a text collate "C", b text);
