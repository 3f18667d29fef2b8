create schema app;
create function app.recode(integer, integer, cstring, internal, integer, boolean) returns integer language c immutable strict as '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8';
create conversion app.c_function for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create conversion app.c_source for 'LATIN2' to 'UTF8' from iso8859_to_utf8;
create conversion app.c_target for 'UTF8' to 'LATIN2' from utf8_to_iso8859;
