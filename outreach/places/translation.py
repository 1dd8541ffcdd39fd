from modeltranslation.translator import TranslationOptions, register

from outreach.places.models import Venue


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name", "address", "access")
    required_languages = ("ja",)
