create schema app;
create collation app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table app.t (name text collate app.ci primary key);
comment on collation app.ci is 'case does not matter';
