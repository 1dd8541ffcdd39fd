from modeltranslation.translator import TranslationOptions, register

from outreach.reception.models import ReceptionPoint


@register(ReceptionPoint)
class ReceptionPointTranslation(TranslationOptions):
    fields = ("name", "hours", "fees")
    required_languages = ("ja",)
