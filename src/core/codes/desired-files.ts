/** Diagnostics SC1xxx: what is wrong with desired files. */
import type { CodeEntry } from './entry.js';

export const DESIRED_FILES: Readonly<Record<string, CodeEntry>> = {
  SC1001: {
    title: 'the desired state declares nothing',
    cause:
      'The files and folders that were named hold no statement that declares an object. An empty desired state would mean dropping everything, so it is never taken as one.',
    hint: 'name files or folders that hold SQL or YAML with --desired',
  },
  SC1002: {
    title: 'a statement that says how to get there, not what exists',
    cause:
      'Desired files say what is to be there. INSERT, UPDATE, DROP, BEGIN, COPY and server-wide commands say how to get somewhere, and are never run.',
    hint: 'remove the statement',
  },
  SC1003: {
    title: 'a psql command',
    cause:
      'Lines that begin with a backslash are for psql, not for the server. Only what pg_dump writes by itself (\\restrict) is passed over.',
    hint: 'remove the line',
  },
  SC1004: {
    title: 'a setting that may not be changed in a desired schema',
    cause:
      'SET and set_config may only change what decides how the declarations around them are read, such as search_path. Any other setting would have no meaning in a description of a schema.',
    hint: 'remove the statement',
    example: `SET search_path = app;     -- is read
SET work_mem = '1GB';      -- is refused`,
  },
  SC1005: {
    title: 'a DROP … IF EXISTS that has no effect',
    cause: 'The statement is there to make a script repeatable. A desired file is not run against the database, so it has nothing to drop.',
    hint: 'remove it',
  },
  SC1006: {
    title: 'a DROP of something that the files declare',
    cause: 'A file both creates and drops the object, so it does not say whether the object is to be there.',
    hint: 'remove both statements',
  },
  SC1007: {
    title: 'a DO block',
    cause:
      'What a DO block does is only known once it has run, and the text of a file must not run on a server. Only blocks that guard one declaration ("if not exists … create") are read.',
    hint: 'write down what it would create',
    example: `-- read, because it guards one declaration:
DO $$ BEGIN CREATE TYPE app.mood AS ENUM ('sad', 'ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
  },
  SC1008: {
    title: 'a DO block without effect',
    cause: 'The block declares nothing that could be compared with a database.',
    hint: 'remove it',
  },
  SC1009: {
    title: 'a name longer than 63 bytes, which PostgreSQL would cut',
    cause:
      'PostgreSQL cuts names to 63 bytes, so two long names may become one, and what the file calls an object is not what the catalog calls it. Characters outside ASCII count for more than one byte.',
    hint: 'shorten the name',
  },
  SC1010: {
    title: 'something declared twice, differently',
    cause: 'Two declarations of one name differ, and only one of them can hold.',
    hint: 'remove one of the two',
  },
  SC1011: {
    title: 'something declared twice, alike',
    cause: 'The same declaration stands in two places. It does no harm now, but sooner or later only one of them is changed.',
    hint: 'remove one of the two',
  },
  SC1012: {
    title: 'something temporary',
    cause: "Temporary objects live in one session and are no part of a database's schema.",
    hint: 'remove TEMPORARY, or the statement',
  },
  SC1013: {
    title: 'a syntax error',
    cause:
      "The text is not SQL that PostgreSQL's own grammar accepts. The place shown is where reading stopped; the fault may stand right before it.",
    hint: 'correct the statement',
  },
  SC1015: {
    title: 'a desired file or folder that cannot be read',
    cause: 'The path does not exist, may not be read, or leads in a circle of links.',
    hint: 'correct the path',
  },
  SC1016: {
    title: 'a desired file that is not UTF-8 text',
    cause: 'Desired files are read as UTF-8, and the bytes of this one are in another encoding, or it holds binary data.',
    hint: 'convert it to UTF-8',
  },
  SC1017: {
    title: 'a file that is neither SQL nor YAML',
    cause:
      'Files are told apart by how their names end, and this one was named on the command line or in the configuration. Other files inside folders are passed over.',
    hint: 'name it .sql, .yaml or .yml',
  },
  SC1021: {
    title: 'an unknown hint',
    cause: 'A comment begins with "schemactl:" and the word after it is not the name of a hint.',
    hint: 'correct its name',
  },
  SC1022: {
    title: 'a hint without a value',
    cause: 'The hint speaks of something else, such as an old name, and does not say what.',
    hint: 'write -- schemactl: NAME VALUE',
    example: 'CREATE TABLE app.customers (  -- schemactl: renamed_from clients',
  },
  SC1023: {
    title: 'a hint that is attached to nothing',
    cause:
      'A hint belongs to the statement or column on whose line it stands, or else to what comes right after it. Here there is nothing.',
    hint: 'put it on the line of what it speaks of, or right before it',
    example: '  customer_id bigint,  -- schemactl: renamed_from client_id',
  },
  SC1024: {
    title: 'a hint that holds no expression',
    cause: 'The value of "using" or "backfill" is put into an UPDATE as an expression, and it is none, or more than one.',
    hint: 'write an expression over the columns of the table',
    example: "  given_name text,  -- schemactl: backfill split_part(name, ' ', 1)",
  },
  SC1030: {
    title: 'declarations that need each other',
    cause:
      'Each of these declarations needs another one to be there first, so no order creates them. A view over a view over the first, or two functions with parsed bodies, do that.',
    hint: 'take one of the references out, or add it with an ALTER of its own',
    example: `CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;`,
  },
  SC1040: {
    title: 'a desired file that is not valid YAML',
    cause: "The text does not follow YAML's own rules: indentation by tabs, a key twice, a bracket that is not closed.",
    hint: 'correct the syntax at the place shown',
  },
  SC1041: {
    title: 'SQL text in YAML that leaves its place',
    cause:
      'The value is one expression, type or query, and it holds more than that: a semicolon, a second statement, or a clause that has a key of its own.',
    hint: 'correct the text; what has a key of its own is said with that key',
  },
  SC1042: {
    title: 'a key in YAML that needs a name to speak of',
    cause: 'A comment, an owner or a privilege is given to something that has no name in the file, so nothing can refer to it.',
    hint: 'give it a name',
  },
  SC1043: {
    title: 'keys in YAML that do not go together',
    cause: 'Two keys say the same thing in two ways, or one of them is of no use without the other.',
    hint: 'give one of the keys named, or remove one',
  },
  SC1044: {
    title: 'something that YAML has no key for',
    cause:
      'Export wrote it as SQL, in a file beside the YAML: a privilege that another role than the owner granted, the identity sequence of a table that is persistent otherwise, and a few more of that sort.',
    hint: 'keep the SQL file: files of both languages are read together',
  },
  SC1045: {
    title: 'a name in YAML with a dot in it',
    cause: 'In YAML a name is one name, not a path, so "app.orders" would be a table with a dot in its name.',
    hint: 'say where it is with the key at the top of the document',
    example: `# not "app.orders": { … }
schema: app
tables: { orders: { … } }`,
  },
  SC1046: {
    title: 'an unknown key in desired YAML',
    cause: 'The published JSON Schema of desired YAML has no such key at this place; often it is misspelt or one level too deep.',
    hint: 'correct its name',
  },
  SC1047: {
    title: 'a required key is missing in desired YAML',
    cause: 'What is described here cannot be made without the key.',
    hint: 'add the key',
  },
  SC1048: {
    title: 'a value of the wrong type or form in desired YAML',
    cause: 'The value is not of the type that the key takes: a text where a list is wanted, a word that is none of those listed.',
    hint: 'write the value in the form shown',
  },
  SC1049: {
    title: 'a file that YAML names by an absolute path',
    cause: 'Bodies and queries lie beside the YAML file that names them, so that the files mean the same on every machine.',
    hint: 'name it by its way from the folder of the YAML file',
  },
  SC1051: {
    title: 'a password in a desired state',
    cause: 'Passwords are never read, compared or written: plans are files that people show each other.',
    hint: 'remove the clause, and set the password by other means',
  },
  SC1052: {
    title: 'rows that do not all give the same columns',
    cause:
      'What a row leaves out could mean the default of the column, null, or whatever the database holds. Every row of a table gives the same columns, so that it says what it means.',
    hint: 'give every row the same columns; null is a value too',
  },
  SC1053: {
    title: 'rows without their key',
    cause: 'Rows are told apart by the columns of their key. One of these is no column of the rows, or null in one of them.',
    hint: 'give every row a value for each column of the key',
  },
  SC1054: {
    title: 'a CSV file that cannot be read',
    cause:
      'The file of rows is not CSV as spreadsheets and COPY write it: commas, quotes that are doubled inside of quoted fields, one header line.',
    hint: 'correct the line, or write the file again with COPY … TO … (FORMAT csv, HEADER)',
  },
  SC1055: {
    title: 'rows that are given twice, or not at all',
    cause: 'Rows of a table stand beside it, under values, or in a CSV file that file names.',
    hint: 'write either values or file',
  },
  SC1056: {
    title: 'more rows than may be declared of a table',
    cause:
      'Declared rows are read, compared and planned one by one, and all of them stand in the plan. That is meant for lookup tables, up to 1000 rows and 1 MiB each.',
    hint: 'load larger tables by other means',
  },
  SC1070: {
    title: 'a command gave no desired state',
    cause:
      'A program that is to print the SQL of the schema ended with an error, took too long, cannot be started, or printed nothing. An empty output would mean dropping everything, so it is never taken as one.',
    hint: 'run it by hand, in the same folder',
    example: `desired:
  - command: [npx, drizzle-kit, export]
    timeout: 2m`,
  },
  SC1071: {
    title: 'a revision of git cannot be read',
    cause: 'Git does not know the revision, or it holds no file or folder at that path, which is relative to where the command runs.',
    hint: 'correct the revision and the path: git:REVISION:PATH',
  },
  SC1072: {
    title: 'a file is not a snapshot',
    cause: 'The file is not there, is no JSON, or is not in the format that schemactl snapshot writes.',
    hint: 'give a file that schemactl snapshot wrote, or write it again',
  },
  SC1073: {
    title: 'a file that a plan was made from cannot be found as it was',
    cause:
      'A plan holds the names and digests of its desired files, not their text. They are looked for in the working folder and in the commit that the plan names, and taken only when the digest is the same. What a command or a database gave cannot be found again.',
    hint: 'run this in the folder where the plan was made, with that commit at hand; or name the source itself',
  },
  SC1074: {
    title: 'a hint that speaks of nothing',
    cause:
      'Hints under the key hints name an object by its address, exactly as plans and findings do, with the types of its arguments where it has them. The desired state has no such object.',
    hint: 'correct the address, or remove the hint',
    example: `hints:
  column:app.orders.customer_id: { renamed_from: client_id }`,
  },
  SC1075: {
    title: 'a hint that is given twice',
    cause: 'Two places say the same sort of hint of one object. Which of them counts would be an accident.',
    hint: 'keep one of them',
  },
  SC1080: {
    title: 'a variable that is not defined',
    cause: 'A desired file says ${name}, and the configuration declares no variable of that name, for no environment.',
    hint: 'declare it under variables in schemactl.yaml, or write $${name} for the text itself',
    example: `variables:
  app_role: { identifier: app }
environments:
  staging:
    variables: { app_role: { identifier: app_staging } }`,
  },
  SC1081: {
    title: 'a variable without a value',
    cause: 'The variable is declared, but nothing gives it a value here: the environment does not, and there is no value for all of them.',
    hint: 'give it a value under variables of the environment, or with --var name=value',
  },
  SC1082: {
    title: 'a variable where none can stand',
    cause:
      'In SQL code a variable is a whole literal or a whole name, so it cannot be a part of a bare word, and between the braces stands a name of letters, digits and "_". Two keys of a YAML map must differ with their values, too.',
    hint: 'put quotes around the whole word, in which the value is text: "orders_${region}"',
  },
  SC1083: {
    title: 'a variable that nothing uses',
    cause: 'The configuration gives a variable a value, and no desired file says its name. Often one of the two is misspelt.',
    hint: 'remove it, or write ${name} where its value belongs',
  },
  SC1201: {
    title: 'PostgreSQL refuses a declaration',
    cause:
      "The statement is good SQL, but the server's own check in the scratch database does not accept it: a type that does not fit, a rule that is broken, a value out of range.",
    hint: 'correct the statement as the server says',
  },
  SC1203: {
    title: 'a declaration uses something that does not exist',
    cause:
      'The scratch database holds what the desired files declare and nothing else, and the name is not among it. Often it is misspelt, stands in a file that was not named, or needs an extension that is not declared.',
    hint: 'declare it, or correct its name',
  },
  SC1204: {
    title: 'no unique key has just the columns that are to tell rows apart',
    cause:
      'Rows are found by their key, which must lead to one row. A primary key, a unique constraint or a unique index of the table has to have exactly these columns; one with a condition or one that is deferrable does not count.',
    hint: 'declare a primary key or a unique constraint on these columns, or name the columns of another one',
  },
  SC1205: {
    title: 'a declared row refers to one that is not there',
    cause:
      'A foreign key of the row leads to a table all of whose rows are declared, and none of them is the one that is meant. Applied, the step would fail.',
    hint: 'declare the row that it refers to, or write others: keep at the rows of that table',
  },
  SC1206: {
    title: 'a declaration about what belongs to an extension',
    cause:
      'What CREATE EXTENSION installs belongs to the extension: it comes and goes with its version, and pg_dump writes none of it either. A comment, an owner, a column or an index that a file gives it is not compared and never made. Privileges on it are.',
    hint: 'remove the statement; GRANT and REVOKE are the only statements about members of extensions that count',
    example: `CREATE EXTENSION pg_trgm;
GRANT EXECUTE ON FUNCTION similarity(text, text) TO app;           -- is planned
COMMENT ON FUNCTION similarity(text, text) IS 'how alike two texts are';  -- has no effect`,
  },
};
