create schema app;
create collation app.c (provider = icu, locale = 'en-u-kn-true');
