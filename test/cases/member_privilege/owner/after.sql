create schema app;
create extension pg_trgm with schema app;
revoke execute on function app.similarity(text, text) from postgres;
