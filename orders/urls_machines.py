"""Addresses of buying that machines call; they have one form for both languages."""

from django.urls import path

from orders import webhooks

urlpatterns = [
    path("webhooks/midtrans/", webhooks.midtrans, name="midtrans_notice"),
    path("webhooks/midtrans", webhooks.midtrans),  # a redirect would lose the notice
]
