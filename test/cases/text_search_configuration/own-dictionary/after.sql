create schema app;
create text search dictionary app.z (template = snowball, language = english);
create text search configuration app.c (parser = default);
alter text search configuration app.c add mapping for word with app.z, simple;
