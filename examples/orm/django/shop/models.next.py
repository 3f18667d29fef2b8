from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)
    name = models.TextField(null=True)


class Order(models.Model):
    class State(models.TextChoices):
        NEW = "new"
        PAID = "paid"
        SHIPPED = "shipped"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    placed_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=200, null=True, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(state__in=["new", "paid", "shipped"]), name="order_state")]
