/** Every case under test/cases on every supported major of PostgreSQL; which observer could judge is said at the end. */
import { caseSuite } from '../support/case-suite.js';

for (const major of [14, 15, 16, 17, 18]) caseSuite(`cases on PostgreSQL ${major}`, major);
