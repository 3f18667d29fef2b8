create schema app;
-- schemactl: renamed_from latin
create conversion app."Latin one" for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
