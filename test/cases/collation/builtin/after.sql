create schema app;
create collation app.c (provider = builtin, locale = 'C.UTF-8');
