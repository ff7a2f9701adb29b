from __future__ import annotations

from django.urls import include, path

from sellerdesk.analytics.web import behaviour, explorer, market, reports, selection, views

figures = [
    path("explorer/", explorer.explorer, name="explorer"),
    path("explorer/figures.csv", explorer.explorer_csv, name="explorer_csv"),
    path("explorer/figures.xlsx", explorer.explorer_xlsx, name="explorer_xlsx"),
    path("explorer/figures.parquet", explorer.explorer_parquet, name="explorer_parquet"),
    path("behaviour/", behaviour.behaviour, name="behaviour"),
    path("reports/", reports.reports, name="reports"),
    path("reports/create", reports.create, name="report_create"),
    path("reports/<int:report_id>/again", reports.again, name="report_again"),
    path("reports/<int:report_id>/file", reports.file, name="report_file"),
    path("reports/shared/<str:token>", reports.shared, name="report_shared"),
    path("market/", market.market, name="market"),
    path("market/category/<int:category_id>/", market.category, name="market_category"),
    path("selection/", selection.selection, name="selection"),
    path("selection/missed", selection.missed, name="missed"),
    path("selection/shortlist", selection.ideas, name="shortlist"),
    path("selection/add", selection.idea_add, name="idea_add"),
    path("selection/<int:idea_id>/", selection.idea, name="idea"),
    path("selection/<int:idea_id>/figures", selection.idea_figures, name="idea_figures"),
    path("selection/<int:idea_id>/note", selection.idea_note, name="idea_note"),
    path("selection/<int:idea_id>/remove", selection.idea_remove, name="idea_remove"),
    path("mail/plan", reports.plan, name="plan"),
    path("mail/<int:plan_id>/stop", reports.plan_stop, name="plan_stop"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("home/live/<slug:part>/", views.live, name="home_live"),
    path("analytics/", include((figures, "analytics"))),
]
