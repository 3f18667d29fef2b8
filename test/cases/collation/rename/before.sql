create schema app;
create collation app.c (locale = 'C');
create table app.t (a text collate app.c);
