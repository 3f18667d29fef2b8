create schema app;
create table app.t (a text, b text collate "C");
