create schema app;
-- schemactl: renamed_from c
create collation app."New C" (locale = 'C');
create table app.t (a text collate app."New C");
