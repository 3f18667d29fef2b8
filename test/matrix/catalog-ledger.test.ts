/** The ledger of catalog columns against a live server of every supported major. */
import { ledgerSuite } from '../support/catalog-ledger.js';

for (const major of [14, 15, 16, 17, 18]) ledgerSuite(major);
