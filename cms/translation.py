from modeltranslation.translator import TranslationOptions, register

from cms.models import ClassSchedulePage, GuideIndexPage, GuidePage, HomePage


@register([HomePage, GuideIndexPage, ClassSchedulePage])
class SectionTranslation(TranslationOptions):
    fields = ("headline", "summary")
    required_languages = ("ja",)


@register(GuidePage)
class GuideTranslation(TranslationOptions):
    fields = (
        "headline",
        "summary",
        "deadline",
        "steps",
        "bring",
        "costs",
        "where",
        "warning",
        "approved",
    )
    required_languages = {"ja": ("headline", "summary")}
    # A page nobody approved in Korean is not approved because the Japanese one is.
    fallback_undefined = {"approved": None}
