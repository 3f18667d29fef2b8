/** Every change of a catalog column that the judge knows, on every supported major, and 200 columns drawn from the server's own list. */
import { mutationSuite } from '../catalog-mutations/suite.js';

for (const major of [14, 15, 16, 17, 18]) mutationSuite({ major, sample: 200, seed: 20_261_121, everything: true, plans: 40 });
