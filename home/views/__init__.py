"""The site's own pages; models name these functions in `view_path`."""

from home.views.front import home_page
from home.views.language import set_language
from home.views.machines import robots_txt, security_txt
from home.views.municipalities import municipality_list, municipality_page
from home.views.texts import news_list, news_page, standard_page

__all__ = [
    "home_page",
    "municipality_list",
    "municipality_page",
    "news_list",
    "news_page",
    "robots_txt",
    "security_txt",
    "set_language",
    "standard_page",
]
