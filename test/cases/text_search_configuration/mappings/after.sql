create schema app;
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for asciiword with english_stem, simple;
alter text search configuration app.c add mapping for word with english_stem;
alter text search configuration app.c add mapping for email, url with simple;
