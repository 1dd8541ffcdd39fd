"""Sentences the rules hand upwards: plain English here, translated where somebody reads them."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for makemessages and return it unchanged.

    The rules are pure and know no language; a form translates with `gettext(str(error))`, which
    works because every sentence marked here is constant.
    """
    return sentence
