"""Foreign keys given as strings are invisible to the import graph, so this walk checks that they point down."""

from django.apps import apps

STACK = ["core", "accounts", "sellers", "catalog", "finance", "pricing", "inventory", "logistics", "orders",
         "returns", "support", "announcements", "analytics", "seller_api", "console", "simulator"]


def test_foreign_keys_point_down_the_stack():
    upward = []
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in STACK:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or field.auto_created or target._meta.app_label not in STACK:
                continue
            if STACK.index(target._meta.app_label) > STACK.index(label):
                upward.append(f"{label}.{model.__name__}.{field.name} -> {target._meta.label}")

    assert upward == []


def test_foreign_keys_between_domains_leave_no_attribute_behind():
    named = []
    for model in apps.get_models():
        if model._meta.app_label not in STACK:
            continue
        for field in model._meta.get_fields():
            between = field.many_to_one and not field.auto_created and field.related_model._meta.app_label in STACK
            if between and field.remote_field.related_name != "+":
                named.append(f"{model._meta.label}.{field.name}")

    assert named == []
