create view shop.open_orders as
  select o.id, c.email
    from shop.orders o join shop.customers c on c.id = o.customer_id
   where o.state = 'new';
