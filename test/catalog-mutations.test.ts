/** A few columns drawn from the server's own list of catalog columns, changed by DDL; test/matrix has all of them on every major. */
import { mutationSuite } from './catalog-mutations/suite.js';

mutationSuite({ major: 15, sample: 25, seed: 15, everything: false, plans: 2 });
