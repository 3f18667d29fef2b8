import { DataTypes } from 'sequelize';

const options = { schema: 'shop', timestamps: false };

export function define(sequelize) {
  const Customer = sequelize.define(
    'customers',
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      email: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT },
    },
    { ...options, indexes: [{ name: 'customers_email', unique: true, fields: ['email'] }] },
  );
  const Order = sequelize.define(
    'orders',
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      state: { type: DataTypes.ENUM('new', 'paid', 'shipped'), allowNull: false, defaultValue: 'new' },
      total: { type: DataTypes.DECIMAL(12, 2), allowNull: false, defaultValue: 0 },
      placed_at: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { ...options, indexes: [{ name: 'orders_placed', fields: ['placed_at'] }] },
  );
  Order.belongsTo(Customer, { foreignKey: { name: 'customer_id', allowNull: false } });
}
