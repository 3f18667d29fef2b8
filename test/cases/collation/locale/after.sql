create schema app;
create collation app.c (provider = icu, locale = 'de-u-kn-true');
comment on collation app.c is 'German';
