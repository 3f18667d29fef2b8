create schema app;
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for asciiword with english_stem, simple;
