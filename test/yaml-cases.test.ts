/** A case of every kind with its desired side in YAML, on PostgreSQL 15: planned as from SQL. */
import { yamlCaseSuite } from './support/yaml-case-suite.js';

yamlCaseSuite('cases from YAML', 15, 1);
