"""Every method of the Seller API, in the contract's order."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path

from sellerdesk.seller_api import (
    accruals,
    actions,
    acts,
    analytics,
    assembly,
    auto_add,
    cancel_requests,
    cancelling,
    cancelling_orders,
    carriage_lists,
    carriages,
    categories,
    certificates,
    certifying,
    chats,
    claims,
    company_sales,
    customs,
    delivery_methods,
    discount_tasks,
    finance,
    giveouts,
    invoices,
    labels,
    notifications,
    passes,
    pictures,
    postings_dividing,
    postings_fbo,
    postings_fbs,
    postings_moves,
    postings_packing,
    prices,
    pricing_strategies,
    product_details,
    products,
    questions,
    ratings,
    realization,
    report_files,
    reports,
    returns,
    reviews,
    seller,
    seller_actions,
    seller_rating,
    stairways,
    stock_analytics,
    stocks,
    supply_acts,
    supply_cargoes,
    supply_drafts,
    supply_orders,
    supply_reports,
    warehouse_places,
    warehouse_states,
    warehouses,
)
from sellerdesk.seller_api.endpoint import Endpoint, unknown_method

METHODS: tuple[Endpoint[Any], ...] = (
    actions.action_list,  # GET, not POST /v1/actions
    auto_add.candidates_v1,  # POST /v1/actions/auto-add/products/candidates
    auto_add.delete_v1,  # POST /v1/actions/auto-add/products/delete
    auto_add.list_v1,  # POST /v1/actions/auto-add/products/list
    auto_add.update_v1,  # POST /v1/actions/auto-add/products/update
    actions.candidates_v1,  # POST /v1/actions/candidates
    discount_tasks.approve,  # POST /v1/actions/discounts-task/approve
    discount_tasks.decline,  # POST /v1/actions/discounts-task/decline
    discount_tasks.task_list_v1,  # POST /v1/actions/discounts-task/list
    actions.products_v1,  # POST /v1/actions/products
    actions.activate,  # POST /v1/actions/products/activate
    actions.deactivate_v1,  # POST /v1/actions/products/deactivate
    actions.update,  # POST /v1/actions/products/update
    analytics.data,  # POST /v1/analytics/data
    stock_analytics.manage_stocks,  # POST /v1/analytics/manage/stocks
    analytics.product_queries,  # POST /v1/analytics/product-queries
    analytics.query_details,  # POST /v1/analytics/product-queries/details
    stock_analytics.stocks,  # POST /v1/analytics/stocks
    analytics.turnover,  # POST /v1/analytics/turnover/stocks
    assembly.carriage_postings,  # POST /v1/assembly/carriage/posting/list
    assembly.carriage_products,  # POST /v1/assembly/carriage/product/list
    assembly.waiting_postings,  # POST /v1/assembly/fbs/posting/list
    assembly.waiting_products,  # POST /v1/assembly/fbs/product/list
    product_details.add_barcodes,  # POST /v1/barcode/add
    product_details.delete_barcodes,  # POST /v1/barcode/delete
    product_details.generate_barcodes,  # POST /v1/barcode/generate
    certifying.brand_list,  # POST /v1/brand/company-certification/list
    cancelling_orders.reasons,  # POST /v1/cancel-reason/list
    cancelling_orders.reasons_by_order,  # POST /v1/cancel-reason/list-by-order
    cancelling_orders.reasons_by_posting,  # POST /v1/cancel-reason/list-by-posting
    supply_cargoes.create_labels,  # POST /v1/cargoes-label/create
    supply_cargoes.get_labels,  # POST /v1/cargoes-label/get
    supply_cargoes.create,  # POST /v1/cargoes/create
    supply_cargoes.delete,  # POST /v1/cargoes/delete
    supply_cargoes.delete_status,  # POST /v1/cargoes/delete/status
    supply_cargoes.get,  # POST /v1/cargoes/get
    supply_cargoes.check_lists,  # POST /v1/cargoes/rules/get
    carriages.discrepancy,  # POST /v1/carriage/act-discrepancy/pdf
    carriages.approve,  # POST /v1/carriage/approve
    carriages.cancel,  # POST /v1/carriage/cancel
    carriages.contact_get,  # POST /v1/carriage/courier-contact/get
    carriages.contact_set,  # POST /v1/carriage/courier-contact/set
    carriages.create,  # POST /v1/carriage/create
    carriage_lists.delivery_list,  # POST /v1/carriage/delivery/list
    carriages.ettn_status,  # POST /v1/carriage/ettn/status
    carriages.get,  # POST /v1/carriage/get
    passes.carriage_create,  # POST /v1/carriage/pass/create
    passes.carriage_delete,  # POST /v1/carriage/pass/delete
    passes.carriage_update,  # POST /v1/carriage/pass/update
    carriages.set_postings,  # POST /v1/carriage/set-postings
    chats.send_file,  # POST /v1/chat/send/file
    chats.send_message,  # POST /v1/chat/send/message
    chats.chat_start,  # POST /v1/chat/start
    supply_drafts.clusters_v1,  # POST /v1/cluster/list
    delivery_methods.list_v1,  # POST /v1/delivery-method/list
    categories.attributes,  # POST /v1/description-category/attribute
    categories.attribute_values,  # POST /v1/description-category/attribute/values
    product_details.search_values,  # POST /v1/description-category/attribute/values/search
    categories.tree,  # POST /v1/description-category/tree
    supply_drafts.create_crossdock,  # POST /v1/draft/crossdock/create
    supply_drafts.create_direct,  # POST /v1/draft/direct/create
    postings_packing.exemplar_update,  # POST /v1/fbs/posting/product/exemplar/update
    accruals.by_day,  # POST /v1/finance/accrual/by-day
    accruals.of_postings,  # POST /v1/finance/accrual/postings
    accruals.types,  # POST /v1/finance/accrual/types
    finance.balance,  # POST /v1/finance/balance
    finance.cash_flow,  # POST /v1/finance/cash-flow-statement/list
    reports.compensation,  # POST /v1/finance/compensation
    reports.decompensation,  # POST /v1/finance/decompensation
    reports.b2b_sales,  # POST /v1/finance/document-b2b-sales
    company_sales.register,  # POST /v1/finance/document-b2b-sales/json
    reports.mutual_settlement,  # POST /v1/finance/mutual-settlement
    company_sales.bought_out,  # POST /v1/finance/products/buyout
    realization.day,  # POST /v1/finance/realization/by-day
    realization.posting,  # POST /v1/finance/realization/posting
    invoices.delete,  # POST /v1/invoice/delete
    invoices.upload,  # POST /v1/invoice/file/upload
    notifications.check,  # POST /v1/notification/check
    notifications.delete,  # POST /v1/notification/delete
    notifications.enable,  # POST /v1/notification/enable
    notifications.notification_list,  # POST /v1/notification/list
    notifications.push_type_list,  # POST /v1/notification/push-type/list
    notifications.set_,  # POST /v1/notification/set
    notifications.update,  # POST /v1/notification/update
    cancelling_orders.order_cancel,  # POST /v1/order/cancel
    cancelling_orders.order_cancel_check,  # POST /v1/order/cancel/check
    cancelling_orders.order_cancel_status,  # POST /v1/order/cancel/status
    passes.pass_list,  # POST /v1/pass/list
    cancelling_orders.posting_cancel,  # POST /v1/posting/cancel
    cancelling_orders.posting_cancel_status,  # POST /v1/posting/cancel/status
    carriage_lists.available,  # POST /v1/posting/carriage-available/list
    postings_moves.set_cutoff,  # POST /v1/posting/cutoff/set
    postings_fbo.cancel_reasons,  # POST /v1/posting/fbo/cancel-reason/list
    cancelling.posting_reasons,  # POST /v1/posting/fbs/cancel-reason
    labels.create_v1,  # POST /v1/posting/fbs/package-label/create
    labels.get_v1,  # POST /v1/posting/fbs/package-label/get
    postings_moves.verify_pickup_code,  # POST /v1/posting/fbs/pick-up-code/verify
    postings_packing.traceable_attributes,  # POST /v1/posting/fbs/product/traceable/attribute
    postings_moves.restrictions,  # POST /v1/posting/fbs/restrictions
    postings_dividing.split,  # POST /v1/posting/fbs/split
    postings_moves.timeslot_restrictions,  # POST /v1/posting/fbs/timeslot/change-restrictions
    postings_moves.set_timeslot,  # POST /v1/posting/fbs/timeslot/set
    postings_dividing.traceable_split,  # POST /v1/posting/fbs/traceable/split
    customs.etgb,  # POST /v1/posting/global/etgb
    company_sales.unpaid,  # POST /v1/posting/unpaid-legal/product/list
    pricing_strategies.competitors,  # POST /v1/pricing-strategy/competitors/list
    pricing_strategies.create,  # POST /v1/pricing-strategy/create
    pricing_strategies.delete,  # POST /v1/pricing-strategy/delete
    pricing_strategies.info,  # POST /v1/pricing-strategy/info
    pricing_strategies.strategy_list,  # POST /v1/pricing-strategy/list
    pricing_strategies.product_info,  # POST /v1/pricing-strategy/product/info
    pricing_strategies.products_add,  # POST /v1/pricing-strategy/products/add
    pricing_strategies.products_delete,  # POST /v1/pricing-strategy/products/delete
    pricing_strategies.products_list,  # POST /v1/pricing-strategy/products/list
    pricing_strategies.status,  # POST /v1/pricing-strategy/status
    pricing_strategies.ids_by_products,  # POST /v1/pricing-strategy/strategy-ids-by-product-ids
    pricing_strategies.update,  # POST /v1/pricing-strategy/update
    products.archive,  # POST /v1/product/archive
    product_details.update_attributes,  # POST /v1/product/attributes/update
    certificates.accordance_types,  # GET, not POST /v1/product/certificate/accordance-types
    certificates.certificate_bind,  # POST /v1/product/certificate/bind
    certificates.certificate_delete,  # POST /v1/product/certificate/delete
    certificates.certificate_info,  # POST /v1/product/certificate/info
    certificates.certificate_list,  # POST /v1/product/certificate/list
    certificates.product_status_list,  # POST /v1/product/certificate/product_status/list
    certificates.certificate_products,  # POST /v1/product/certificate/products/list
    certificates.rejection_reasons_list,  # POST /v1/product/certificate/rejection_reasons/list
    certificates.status_list,  # POST /v1/product/certificate/status/list
    certificates.types,  # GET, not POST /v1/product/certificate/types
    certificates.certificate_unbind,  # POST /v1/product/certificate/unbind
    certifying.certification_list_v1,  # POST /v1/product/certification/list
    products.import_by_sku,  # POST /v1/product/import-by-sku
    products.import_info,  # POST /v1/product/import/info
    prices.import_prices,  # POST /v1/product/import/prices
    product_details.description,  # POST /v1/product/info/description
    postings_fbo.stocks,  # POST /v1/product/info/stocks-by-warehouse/fbo
    product_details.stocks_by_warehouse_v1,  # POST /v1/product/info/stocks-by-warehouse/fbs
    product_details.warehouse_stocks,  # POST /v1/product/info/warehouse/stocks
    pictures.import_pictures,  # POST /v1/product/pictures/import
    prices.details,  # POST /v1/product/prices/details
    ratings.rating_by_sku,  # POST /v1/product/rating-by-sku
    stairways.get,  # POST /v1/product/stairway-discount/by-quantity/get
    stairways.set_,  # POST /v1/product/stairway-discount/by-quantity/set
    products.unarchive,  # POST /v1/product/unarchive
    product_details.related_skus,  # POST /v1/product/related-sku/get
    product_details.update_offer_id,  # POST /v1/product/update/offer-id
    questions.answer_create,  # POST /v1/question/answer/create
    questions.answer_delete,  # POST /v1/question/answer/delete
    questions.answer_list,  # POST /v1/question/answer/list
    questions.change_status,  # POST /v1/question/change-status
    questions.question_count,  # POST /v1/question/count
    questions.question_info,  # POST /v1/question/info
    questions.question_list,  # POST /v1/question/list
    questions.top_sku,  # POST /v1/question/top-sku
    seller_rating.history,  # POST /v1/rating/history
    seller_rating.index_info,  # POST /v1/rating/index/fbs/info
    seller_rating.index_postings,  # POST /v1/rating/index/fbs/posting/list
    seller_rating.summary,  # POST /v1/rating/summary
    reports.info,  # POST /v1/report/info
    reports.list_,  # POST /v1/report/list
    report_files.discounted,  # POST /v1/report/discounted/create
    report_files.placement,  # POST /v1/report/placement/by-products/create
    report_files.postings,  # POST /v1/report/postings/create
    report_files.products,  # POST /v1/report/products/create
    reports.realization_posting,  # POST /v1/report/realization/posting/create
    report_files.stock,  # POST /v1/report/warehouse/stock
    giveouts.barcode,  # POST /v1/return/giveout/barcode
    giveouts.barcode_reset,  # POST /v1/return/giveout/barcode-reset
    giveouts.get_pdf,  # POST /v1/return/giveout/get-pdf
    giveouts.get_png,  # POST /v1/return/giveout/get-png
    giveouts.giveout_info,  # POST /v1/return/giveout/info
    giveouts.is_enabled,  # POST /v1/return/giveout/is-enabled
    giveouts.giveout_list,  # POST /v1/return/giveout/list
    passes.return_create,  # POST /v1/return/pass/create
    passes.return_delete,  # POST /v1/return/pass/delete
    passes.return_update,  # POST /v1/return/pass/update
    returns.company_info,  # POST /v1/returns/company/fbs/info
    returns.returns_list,  # POST /v1/returns/list
    claims.action_set,  # POST /v1/returns/rfbs/action/set
    returns.utilization_history,  # POST /v1/returns/settings/utilization/history
    returns.utilization_info,  # POST /v1/returns/settings/utilization/info
    returns.utilization_update,  # POST /v1/returns/settings/utilization/update
    reviews.change_status_v1,  # POST /v1/review/change-status
    reviews.comment_create,  # POST /v1/review/comment/create
    reviews.comment_delete_v1,  # POST /v1/review/comment/delete
    reviews.comment_list,  # POST /v1/review/comment/list
    reviews.count_v1,  # POST /v1/review/count
    reviews.info_v1,  # POST /v1/review/info
    reviews.list_v1,  # POST /v1/review/list
    seller.roles_by_token,  # POST /v1/roles
    analytics.text_queries,  # POST /v1/search-queries/text
    analytics.top_queries,  # POST /v1/search-queries/top
    seller_actions.archive,  # POST /v1/seller-actions/archive
    seller_actions.change_activity,  # POST /v1/seller-actions/change-activity
    seller_actions.create_discount,  # POST /v1/seller-actions/create/discount
    seller_actions.create_condition,  # POST /v1/seller-actions/create/discount-with-condition
    seller_actions.create_installment,  # POST /v1/seller-actions/create/installment
    seller_actions.create_multi_level,  # POST /v1/seller-actions/create/multi-level-discount
    seller_actions.create_voucher,  # POST /v1/seller-actions/create/voucher
    seller_actions.action_list,  # POST /v1/seller-actions/list
    seller_actions.products_add,  # POST /v1/seller-actions/products/add
    seller_actions.products_candidates,  # POST /v1/seller-actions/products/candidates
    seller_actions.products_delete,  # POST /v1/seller-actions/products/delete
    seller_actions.products_list,  # POST /v1/seller-actions/products/list
    seller_actions.update_discount,  # POST /v1/seller-actions/update/discount
    seller_actions.update_condition,  # POST /v1/seller-actions/update/discount-with-condition
    seller_actions.update_installment,  # POST /v1/seller-actions/update/installment
    seller_actions.update_multi_level,  # POST /v1/seller-actions/update/multi-level-discount
    seller_actions.update_voucher,  # POST /v1/seller-actions/update/voucher
    seller_actions.voucher_get,  # POST /v1/seller-actions/voucher/get
    seller.seller_info,  # POST /v1/seller/info
    warehouse_places.available,  # GET, not POST /v1/supplier/available_warehouses
    supply_reports.accept,  # POST /v1/supply-order/act/accept
    supply_reports.accept_status,  # POST /v1/supply-order/act/accept/status
    supply_reports.products,  # POST /v1/supply-order/act/product/get
    supply_reports.summary,  # POST /v1/supply-order/act/summary/get
    supply_orders.bundle,  # POST /v1/supply-order/bundle
    supply_acts.cancel,  # POST /v1/supply-order/cancel
    supply_acts.cancel_status,  # POST /v1/supply-order/cancel/status
    supply_acts.update_content,  # POST /v1/supply-order/content/update
    supply_acts.content_status,  # POST /v1/supply-order/content/update/status
    supply_orders.details,  # POST /v1/supply-order/details
    supply_acts.create_pass,  # POST /v1/supply-order/pass/create
    supply_acts.pass_status,  # POST /v1/supply-order/pass/status
    supply_orders.counter,  # POST /v1/supply-order/status/counter
    supply_acts.timeslots_v1,  # POST /v1/supply-order/timeslot/get
    supply_acts.timeslot_status,  # POST /v1/supply-order/timeslot/status
    supply_acts.update_timeslot,  # POST /v1/supply-order/timeslot/update
    warehouse_states.archive,  # POST /v1/warehouse/archive
    supply_drafts.warehouses,  # POST /v1/warehouse/fbo/list
    warehouse_places.own,  # POST /v1/warehouse/fbo/seller/list
    warehouses.warehouse_list_v1,  # POST /v1/warehouse/list
    warehouse_states.status,  # POST /v1/warehouse/operation/status
    warehouse_places.platform,  # POST /v1/warehouse/ozon/list
    warehouse_states.pause,  # POST /v1/warehouse/rfbs/pause
    warehouse_states.unpause,  # POST /v1/warehouse/rfbs/unpause
    warehouse_states.unarchive,  # POST /v1/warehouse/unarchive
    auto_add.candidates_v2,  # POST /v2/actions/auto-add/products/candidates
    auto_add.delete_v2,  # POST /v2/actions/auto-add/products/delete
    auto_add.list_v2,  # POST /v2/actions/auto-add/products/list
    auto_add.update_v2,  # POST /v2/actions/auto-add/products/update
    actions.candidates_v2,  # POST /v2/actions/candidates
    discount_tasks.task_list_v2,  # POST /v2/actions/discounts-task/list
    actions.products_v2,  # POST /v2/actions/products
    actions.deactivate_v2,  # POST /v2/actions/products/deactivate
    stock_analytics.on_warehouses,  # POST /v2/analytics/stock_on_warehouses
    supply_cargoes.create_info,  # POST /v2/cargoes/create/info
    supply_cargoes.delete_v2,  # POST /v2/cargoes/delete
    supply_cargoes.delete_status_v2,  # POST /v2/cargoes/delete/status
    supply_cargoes.get_v2,  # POST /v2/cargoes/get
    carriages.delivery_list,  # POST /v2/carriage/delivery/list
    chats.chat_read,  # POST /v2/chat/read
    supply_drafts.clusters,  # POST /v2/cluster/list
    cancel_requests.request_approve,  # POST /v2/conditional-cancellation/approve
    cancel_requests.request_list,  # POST /v2/conditional-cancellation/list
    cancel_requests.request_reject,  # POST /v2/conditional-cancellation/reject
    delivery_methods.list_v2,  # POST /v2/delivery-method/list
    supply_drafts.info,  # POST /v2/draft/create/info
    supply_drafts.create_supply,  # POST /v2/draft/supply/create
    supply_drafts.supply_status,  # POST /v2/draft/supply/create/status
    supply_drafts.timeslots,  # POST /v2/draft/timeslot/info
    postings_moves.delivered,  # POST /v2/fbs/posting/delivered
    postings_moves.delivering,  # POST /v2/fbs/posting/delivering
    postings_moves.last_mile,  # POST /v2/fbs/posting/last-mile
    postings_moves.set_tracking_numbers,  # POST /v2/fbs/posting/tracking-number/set
    realization.month,  # POST /v2/finance/realization
    invoices.create_or_update,  # POST /v2/invoice/create-or-update
    invoices.get,  # POST /v2/invoice/get
    postings_fbo.get,  # POST /v2/posting/fbo/get
    postings_fbo.list_v2,  # POST /v2/posting/fbo/list
    acts.check_status,  # POST /v2/posting/fbs/act/check-status
    acts.create,  # POST /v2/posting/fbs/act/create
    acts.get_barcode,  # POST /v2/posting/fbs/act/get-barcode
    acts.get_barcode_text,  # POST /v2/posting/fbs/act/get-barcode/text
    acts.get_container_labels,  # POST /v2/posting/fbs/act/get-container-labels
    acts.get_pdf,  # POST /v2/posting/fbs/act/get-pdf
    acts.get_postings,  # POST /v2/posting/fbs/act/get-postings
    acts.act_list,  # POST /v2/posting/fbs/act/list
    postings_moves.arbitration,  # POST /v2/posting/fbs/arbitration
    postings_moves.awaiting_delivery,  # POST /v2/posting/fbs/awaiting-delivery
    cancelling.cancel,  # POST /v2/posting/fbs/cancel
    cancelling.cancel_reasons,  # POST /v2/posting/fbs/cancel-reason/list
    acts.digital_status,  # POST /v2/posting/fbs/digital/act/check-status
    acts.digital_pdf,  # POST /v2/posting/fbs/digital/act/get-pdf
    postings_moves.get_by_barcode,  # POST /v2/posting/fbs/get-by-barcode
    labels.package_label,  # POST /v2/posting/fbs/package-label
    labels.create_v2,  # POST /v2/posting/fbs/package-label/create
    labels.get_v2,  # POST /v2/posting/fbs/package-label/get
    cancelling.product_cancel,  # POST /v2/posting/fbs/product/cancel
    postings_packing.country_list,  # POST /v2/posting/fbs/product/country/list
    postings_packing.country_set,  # POST /v2/posting/fbs/product/country/set
    certificates.accordance_types_v2,  # GET, not POST /v2/product/certificate/accordance-types/list
    certifying.create,  # POST /v2/product/certificate/create
    certifying.certification_list,  # POST /v2/product/certification/list
    certifying.options,  # POST /v2/product/certification/options
    certifying.params,  # POST /v2/product/certification/params
    product_details.stocks_by_warehouse,  # POST /v2/product/info/stocks-by-warehouse/fbs
    pictures.import_pictures_v2,  # POST /v2/product/pictures/import
    pictures.pictures_info,  # POST /v2/product/pictures/info
    products.delete,  # POST /v2/products/delete
    stocks.set_stocks,  # POST /v2/products/stocks
    report_files.returns,  # POST /v2/report/returns/create
    claims.claim_get,  # POST /v2/returns/rfbs/get
    claims.claim_list,  # POST /v2/returns/rfbs/list
    reviews.change_status_v2,  # POST /v2/review/change-status
    reviews.comment_delete_v2,  # POST /v2/review/comment/delete
    reviews.count_v2,  # POST /v2/review/count
    reviews.info_v2,  # POST /v2/review/info
    reviews.list_v2,  # POST /v2/review/list
    supply_acts.timeslots,  # POST /v2/supply-order/timeslot/list
    warehouses.warehouse_list,  # POST /v2/warehouse/list
    chats.chat_history,  # POST /v3/chat/history
    chats.chat_list,  # POST /v3/chat/list
    finance.transaction_list,  # POST /v3/finance/transaction/list
    finance.transaction_totals,  # POST /v3/finance/transaction/totals
    postings_fbo.list_v3,  # POST /v3/posting/fbo/list
    postings_fbs.get_v3,  # POST /v3/posting/fbs/get
    postings_fbs.list_v3,  # POST /v3/posting/fbs/list
    labels.create_v3,  # POST /v3/posting/fbs/package-label/create
    postings_fbs.unfulfilled_v3,  # POST /v3/posting/fbs/unfulfilled/list
    postings_packing.multi_box_qty_set,  # POST /v3/posting/multiboxqty/set
    products.import_products,  # POST /v3/product/import
    products.product_info_list,  # POST /v3/product/info/list
    products.product_list,  # POST /v3/product/list
    supply_orders.get_orders,  # POST /v3/supply-order/get
    supply_orders.list_orders,  # POST /v3/supply-order/list
    postings_fbs.list_v4,  # POST /v4/posting/fbs/list
    postings_fbs.ship_v4,  # POST /v4/posting/fbs/ship
    postings_dividing.ship_package,  # POST /v4/posting/fbs/ship/package
    postings_fbs.unfulfilled_v4,  # POST /v4/posting/fbs/unfulfilled/list
    product_details.attributes,  # POST /v4/product/info/attributes
    product_details.limits,  # POST /v4/product/info/limit
    stocks.info_stocks,  # POST /v4/product/info/stocks
    postings_packing.exemplar_status,  # POST /v5/fbs/posting/product/exemplar/status
    postings_packing.exemplar_validate,  # POST /v5/fbs/posting/product/exemplar/validate
    prices.info_prices,  # POST /v5/product/info/prices
    postings_packing.exemplar_create_or_get,  # POST /v6/fbs/posting/product/exemplar/create-or-get
    postings_packing.exemplar_set,  # POST /v6/fbs/posting/product/exemplar/set
)

urlpatterns = [path(method.path.lstrip("/"), method, name=f"seller-api{method.path}") for method in METHODS]
# Whatever else looks like a method of this API is answered in its words, not with a page.
urlpatterns.append(re_path(r"^v\d+/", unknown_method))
