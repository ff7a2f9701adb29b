from __future__ import annotations

from django.urls import path

from sellerdesk.console.web import support, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("sellers/", views.sellers_list, name="sellers"),
    path("sellers/<int:seller_id>/approve/", views.approve, name="approve"),
    path("products/", views.products, name="products"),
    path("orders/", views.postings, name="postings"),
    path("recovery/", support.recoveries, name="recoveries"),
    path("recovery/force-password/", support.force_password, name="force_password"),
    path("recovery/<int:request_id>/", support.recovery, name="recovery"),
    path("recovery/<int:request_id>/decide/", support.recovery_decide, name="recovery_decide"),
    path("signin-problems/", support.problems, name="problems"),
    path("signin-problems/<int:problem_id>/", support.problem, name="problem"),
]
