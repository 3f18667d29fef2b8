/** Diagnostics SC1xxx: what is wrong with desired files. */
import type { CodeEntry } from './entry.js';

export const DESIRED_FILES: Readonly<Record<string, CodeEntry>> = {
  SC1001: {
    title: 'the desired state declares nothing',
    hint: 'name files or folders that hold SQL or YAML with --desired',
  },
  SC1002: {
    title: 'a statement that says how to get there, not what exists',
    hint: 'remove the statement',
  },
  SC1003: {
    title: 'a psql command',
    hint: 'remove the line',
  },
  SC1004: {
    title: 'a setting that may not be changed in a desired schema',
    hint: 'remove the statement',
  },
  SC1005: {
    title: 'a DROP … IF EXISTS that has no effect',
    hint: 'remove it',
  },
  SC1006: {
    title: 'a DROP of something that the files declare',
    hint: 'remove both statements',
  },
  SC1007: {
    title: 'a DO block',
    hint: 'write down what it would create',
  },
  SC1008: {
    title: 'a DO block without effect',
    hint: 'remove it',
  },
  SC1009: {
    title: 'a name longer than 63 bytes, which PostgreSQL would cut',
    hint: 'shorten the name',
  },
  SC1010: {
    title: 'something declared twice, differently',
    hint: 'remove one of the two',
  },
  SC1011: {
    title: 'something declared twice, alike',
    hint: 'remove one of the two',
  },
  SC1012: {
    title: 'something temporary',
    hint: 'remove TEMPORARY, or the statement',
  },
  SC1013: {
    title: 'a syntax error',
    hint: 'correct the statement',
  },
  SC1015: {
    title: 'a desired file or folder that cannot be read',
    hint: 'correct the path',
  },
  SC1016: {
    title: 'a desired file that is not UTF-8',
    hint: 'convert it to UTF-8',
  },
  SC1017: {
    title: 'a file that is neither SQL nor YAML',
    hint: 'name it .sql, .yaml or .yml',
  },
  SC1021: {
    title: 'an unknown hint',
    hint: 'correct its name',
  },
  SC1022: {
    title: 'a hint without a value',
    hint: 'write -- schemactl: NAME VALUE',
  },
  SC1023: {
    title: 'a hint that is attached to nothing',
    hint: 'put it on the line of what it speaks of, or right before it',
  },
  SC1030: {
    title: 'declarations that need each other',
    hint: 'break the cycle, e.g. with an ALTER of its own',
  },
  SC1040: {
    title: 'a desired file that is not valid YAML',
    hint: 'correct the syntax at the place shown',
  },
  SC1041: {
    title: 'SQL text in YAML that leaves its place',
    hint: 'correct the text; what has a key of its own is said with that key',
  },
  SC1042: {
    title: 'a key in YAML that needs a name to speak of',
    hint: 'give it a name',
  },
  SC1043: {
    title: 'keys in YAML that do not go together',
    hint: 'give one of the keys named, or remove one',
  },
  SC1044: {
    title: 'something that is not written in YAML',
    hint: 'write it as SQL, in a .sql file beside this one',
  },
  SC1045: {
    title: 'a name in YAML with a dot in it',
    hint: 'say where it is with the key at the top of the document',
  },
  SC1046: {
    title: 'an unknown key in desired YAML',
    hint: 'correct its name',
  },
  SC1047: {
    title: 'a required key is missing in desired YAML',
    hint: 'add the key',
  },
  SC1048: {
    title: 'a value of the wrong type or form in desired YAML',
    hint: 'write the value in the form shown',
  },
  SC1201: {
    title: 'PostgreSQL refuses a declaration',
    hint: 'correct the statement as the server says',
  },
  SC1203: {
    title: 'a declaration uses something that does not exist',
    hint: 'declare it, or correct its name',
  },
};
