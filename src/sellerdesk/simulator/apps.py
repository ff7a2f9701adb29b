from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    name = "sellerdesk.simulator"
    label = "simulator"
