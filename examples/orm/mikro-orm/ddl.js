// Prints the SQL of the entities. Nothing is connected to: the generator needs the driver for its words only.
import { MikroORM } from '@mikro-orm/postgresql';
import { Customer, Order } from './entities.js';

const orm = await MikroORM.init({ entities: [Customer, Order], dbName: 'none', connect: false });
process.stdout.write(await orm.schema.getCreateSchemaSQL({ wrap: false }));
