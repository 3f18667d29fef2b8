create schema app;
create conversion app.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create default conversion app.back for 'UTF8' to 'LATIN2' from utf8_to_iso8859;
