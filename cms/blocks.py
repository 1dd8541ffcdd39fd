"""The parts a guide is made of. All plain text; easy Japanese carries readings as {漢字|かんじ}."""

from wagtail import blocks


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(required=False)

    class Meta:
        icon = "list-ol"


class BringBlock(blocks.StructBlock):
    item = blocks.CharBlock(max_length=200)
    note = blocks.TextBlock(required=False)

    class Meta:
        icon = "tick"


class CostBlock(blocks.StructBlock):
    what = blocks.CharBlock(max_length=200)
    price = blocks.CharBlock(max_length=80)

    class Meta:
        icon = "tag"


STEP_BLOCKS = [("step", StepBlock())]
BRING_BLOCKS = [("item", BringBlock())]
COST_BLOCKS = [("cost", CostBlock())]
