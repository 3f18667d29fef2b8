create schema app;
create text search configuration app.z (copy = english);
create text search configuration app.a (copy = app.z);
alter text search configuration app.a alter mapping for asciiword with simple;
