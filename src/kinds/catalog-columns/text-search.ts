/** Decisions about the catalogs of text search. */
import { catalog, IDENTITY, read } from './ledger.js';

export const textSearch = [
  catalog('pg_ts_config', 'a text search configuration', {
    oid: IDENTITY,
    cfgname: read('text_search_configuration'),
    cfgnamespace: read('text_search_configuration'),
    cfgowner: read('owner.role'),
    cfgparser: read('text_search_configuration.parser'),
  }),
  catalog('pg_ts_config_map', 'which dictionaries a configuration asks for a type of token', {
    mapcfg: read('text_search_configuration.mappings'),
    maptokentype: read('text_search_configuration.mappings'),
    mapseqno: read('text_search_configuration.mappings'),
    mapdict: read('text_search_configuration.mappings'),
  }),
  catalog('pg_ts_dict', 'a text search dictionary', {
    oid: IDENTITY,
    dictname: read('text_search_dictionary'),
    dictnamespace: read('text_search_dictionary'),
    dictowner: read('owner.role'),
    dicttemplate: read('text_search_dictionary.template'),
    dictinitoption: read('text_search_dictionary.options'),
  }),
  catalog('pg_ts_parser', 'a text search parser', {
    oid: IDENTITY,
    prsname: read('text_search_parser'),
    prsnamespace: read('text_search_parser'),
    prsstart: read('text_search_parser.start'),
    prstoken: read('text_search_parser.gettoken'),
    prsend: read('text_search_parser.end'),
    prsheadline: read('text_search_parser.headline'),
    prslextype: read('text_search_parser.lextypes'),
  }),
  catalog('pg_ts_template', 'a text search template', {
    oid: IDENTITY,
    tmplname: read('text_search_template'),
    tmplnamespace: read('text_search_template'),
    tmplinit: read('text_search_template.init'),
    tmpllexize: read('text_search_template.lexize'),
  }),
];
