/** Every case under test/cases with its desired side in YAML, from each of its sides to the other, on PostgreSQL 15: planned as from SQL. */
import { yamlCaseSuite } from '../support/yaml-case-suite.js';

yamlCaseSuite('all cases from YAML', 15, null);
