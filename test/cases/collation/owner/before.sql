create schema app;
create collation app.c (locale = 'C');
