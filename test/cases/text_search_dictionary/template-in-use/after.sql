create schema app;
create text search dictionary app.d (template = simple, stopwords = english);
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for word with app.d;
