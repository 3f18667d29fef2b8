create schema app;
create domain app.a as integer
  -- schemactl: renamed_from c
  constraint positive check (value > 0);
