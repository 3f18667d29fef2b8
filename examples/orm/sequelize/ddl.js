// Prints the SQL of the models, as sync() would send it. Nothing is connected to: every statement is written down, and none is sent.
import { Sequelize } from 'sequelize';
import { define } from './models.js';

const sequelize = new Sequelize({ dialect: 'postgres', logging: false });
define(sequelize);

// A block that guards the definition of an enum is taken apart where no quotes are doubled in it.
const dollarQuoted = (sql) => sql.replace(/^DO '(.*)';?$/s, (_, body) => `DO $$${body.replaceAll("''", "'")}$$`);

const statements = ['CREATE SCHEMA shop;'];
sequelize.query = async (statement, { plain = false } = {}) => {
  const sql = (typeof statement === 'string' ? statement : statement.query).trim();
  // What sync() looks for in the catalog is not there yet.
  if (!/^(select|with)/i.test(sql)) statements.push(dollarQuoted(sql).replace(/;?$/, ';'));
  return plain ? null : [[], { rows: [] }];
};
await sequelize.sync({ hooks: false });
process.stdout.write(`${statements.join('\n')}\n`);
