from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)


class Order(models.Model):
    class State(models.TextChoices):
        NEW = "new"
        PAID = "paid"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(state__in=["new", "paid"]), name="order_state")]
