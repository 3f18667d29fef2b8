create schema app;
create collation app.c (provider = icu, locale = 'und', rules = '&W << v <<< V');
