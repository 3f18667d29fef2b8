/** Every case under test/cases, from each of its sides to the other, on PostgreSQL 15: proven, applied, judged by pg_dump, planned again. */
import { caseSuite } from '../support/case-suite.js';

caseSuite('all cases', 15);
