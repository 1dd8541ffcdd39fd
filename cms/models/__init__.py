from cms.models.class_schedule_page import ClassSchedulePage
from cms.models.guide_index_page import GuideIndexPage
from cms.models.guide_page import GuidePage
from cms.models.home_page import HomePage

__all__ = ["ClassSchedulePage", "GuideIndexPage", "GuidePage", "HomePage"]
