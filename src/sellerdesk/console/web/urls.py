from __future__ import annotations

from django.urls import path

from sellerdesk.console.web import checklists, kyc, support, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("sellers/", views.sellers_list, name="sellers"),
    path("reviews/", kyc.reviews, name="reviews"),
    path("reviews/<int:seller_id>/", kyc.shop, name="review"),
    path("reviews/<int:seller_id>/approve/", kyc.approve, name="review_approve"),
    path("reviews/<int:seller_id>/changes/", kyc.ask_changes, name="review_changes"),
    path("reviews/<int:seller_id>/reject/", kyc.reject, name="review_reject"),
    path("reviews/<int:seller_id>/suspend/", kyc.suspend, name="review_suspend"),
    path("reviews/<int:seller_id>/resume/", kyc.resume, name="review_resume"),
    path("reviews/<int:seller_id>/documents/<int:document_id>/", kyc.document_open, name="document_open"),
    path("reviews/<int:seller_id>/documents/<int:document_id>/decide/", kyc.document_decide, name="document_decide"),
    path("reviews/<int:seller_id>/legal/<int:change_id>/", kyc.legal_decide, name="legal_decide"),
    path("checklists/", checklists.checklist, name="checklists"),
    path("checklists/new/", checklists.item, name="checklist_new"),
    path("checklists/<int:item_id>/", checklists.item, name="checklist_item"),
    path("checklists/order/", checklists.reorder, name="checklist_order"),
    path("offers/", checklists.offer_versions, name="offers"),
    path("products/", views.products, name="products"),
    path("orders/", views.postings, name="postings"),
    path("recovery/", support.recoveries, name="recoveries"),
    path("recovery/force-password/", support.force_password, name="force_password"),
    path("recovery/<int:request_id>/", support.recovery, name="recovery"),
    path("recovery/<int:request_id>/decide/", support.recovery_decide, name="recovery_decide"),
    path("signin-problems/", support.problems, name="problems"),
    path("signin-problems/<int:problem_id>/", support.problem, name="problem"),
]
