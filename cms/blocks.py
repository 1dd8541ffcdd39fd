"""The parts a guide is made of. All plain text; easy Japanese carries readings as {漢字|かんじ}."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Step in a few words"))
    text = blocks.TextBlock(required=False, label=_("Explanation"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class BringBlock(blocks.StructBlock):
    item = blocks.CharBlock(max_length=200, label=_("Thing to bring"))
    note = blocks.TextBlock(required=False, label=_("Note"))

    class Meta:
        icon = "tick"
        label = _("Thing to bring")


class CostBlock(blocks.StructBlock):
    what = blocks.CharBlock(max_length=200, label=_("What is paid for"))
    price = blocks.CharBlock(max_length=200, label=_("Price"))

    class Meta:
        icon = "tag"
        label = _("Cost")


STEP_BLOCKS = [("step", StepBlock())]
BRING_BLOCKS = [("item", BringBlock())]
COST_BLOCKS = [("cost", CostBlock())]
