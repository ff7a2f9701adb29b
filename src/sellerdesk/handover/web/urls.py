from __future__ import annotations

from django.urls import path

from sellerdesk.handover.web import carriages, labels, lists, papers, passes

app_name = "handover"
urlpatterns = [
    path("carriages/", carriages.carriages, name="carriages"),
    path("carriages/create", carriages.create, name="carriage_create"),
    path("carriages/<int:carriage_id>/", carriages.carriage, name="carriage"),
    path("carriages/<int:carriage_id>/choose", carriages.choose, name="carriage_choose"),
    path("carriages/<int:carriage_id>/approve", carriages.approve, name="carriage_approve"),
    path("carriages/<int:carriage_id>/cancel", carriages.cancel, name="carriage_cancel"),
    path("carriages/<int:carriage_id>/passes", passes.save, name="carriage_pass"),
    path("carriages/<int:carriage_id>/passes/remove", passes.remove, name="carriage_pass_remove"),
    path("carriages/<int:carriage_id>/paper", carriages.paper, name="carriage_paper"),
    path("carriages/<int:carriage_id>/barcode.png", carriages.barcode, name="carriage_barcode"),
    path("carriages/<int:carriage_id>/customs/", carriages.declarations, name="declarations"),
    path("carriages/<int:carriage_id>/customs/<str:form>", carriages.declarations_file, name="declarations_file"),
    path("carriages/papers/<int:paper_id>", carriages.paper_file, name="carriage_file"),
    path("labels/print", labels.print_many, name="labels"),
    path("labels/print/<str:number>", labels.print_one, name="label"),
    path("labels/settings", labels.settings, name="printing"),
    path("labels/<int:label_batch_id>/", labels.batch, name="batch"),
    path("labels/<int:label_batch_id>/rest", labels.rest, name="rest"),
    path("papers/", papers.papers, name="papers"),
    path("papers/pick-list", lists.pick_list, name="pick_list"),
    path("papers/packing-slips", lists.packing_slips, name="packing_slips"),
    path("papers/shelves", lists.shelves, name="shelves"),
    path("papers/file/<str:token>", papers.file, name="file"),
    path("papers/declaration/<str:token>", papers.declaration, name="declaration"),
    path("papers/<int:paper_id>", papers.paper, name="paper"),
    path("papers/<int:paper_id>/again", papers.again, name="again"),
]
