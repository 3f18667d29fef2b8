create schema app;
create collation app.c (lc_collate = 'C', lc_ctype = 'POSIX');
create collation app."From" from "C";
create collation app.p (locale = 'POSIX');
