/** An eighth of the cases under test/cases, of every kind: proven, applied, judged by pg_dump, planned again, on PostgreSQL 15. */
import { caseSuite } from './support/case-suite.js';

caseSuite('cases', 15, { nth: 8 });
