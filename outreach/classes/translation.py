from modeltranslation.translator import TranslationOptions, register

from outreach.classes.models import Course


@register(Course)
class CourseTranslation(TranslationOptions):
    fields = ("title", "summary", "bring")
    required_languages = ("ja",)
