create schema app;
create collation app.c (locale = 'C');
alter collation app.c owner to pg_read_all_stats;
