create schema app;
-- schemactl: renamed_from t
create table app.u (
  -- schemactl: renamed_from a
  a2 integer, b text,
  -- schemactl: renamed_from c
  c2 integer, "D e" integer);
create statistics app.s on a2, b, (c2 + 1) from app.u;
