"""The pages of the catalogue; models name these functions in `view_path`."""

from catalogue.views.compare import compare_services
from catalogue.views.detail import service_detail
from catalogue.views.editing import change_stage, completeness_report
from catalogue.views.listing import catalogue_list

__all__ = [
    "catalogue_list",
    "change_stage",
    "compare_services",
    "completeness_report",
    "service_detail",
]
