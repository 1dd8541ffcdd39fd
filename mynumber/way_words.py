"""Ways and documents in words: what the rules answer, in every language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mynumber.rules.documents import Document
from mynumber.rules.eligibility import Question
from mynumber.rules.ways import Bar, Way

NAMES: Mapping[Way, Promise] = {
    Way.VISIT: _("Staff come, and the card is posted"),
    Way.HELP_AT_HOME: _("Staff come and help to apply"),
    Way.HAND_OVER_AT_HOME: _("Staff bring the card"),
    Way.EXPRESS: _("Express issue at City Hall"),
    Way.APPLY_AT_COUNTER: _("Apply at the counter, and the card is posted"),
    Way.APPLY_AHEAD: _("Apply online or by post, and collect the card"),
    Way.APPLY_AHEAD_PROXY: _("Apply online or by post, and somebody else collects the card"),
    Way.CERTIFICATE_AT_COUNTER: _("Renew the digital certificates at the counter"),
    Way.CERTIFICATE_BY_PROXY: _("Somebody else renews the digital certificates at the counter"),
    Way.COLLECT_AT_COUNTER: _("Collect the card at the counter"),
    Way.COLLECT_BY_PROXY: _("Somebody else collects the card"),
    Way.FACE_CARD: _("A card without a PIN"),
    Way.TALK: _("Talk with us first"),
}

EXPLAINED: Mapping[Way, Promise] = {
    Way.VISIT: _(
        "Two members of staff check the identity documents and take the photo. "
        "About a month later the card comes by post, to be received by the person alone."
    ),
    Way.HELP_AT_HOME: _(
        "Two members of staff take the photo and send the application in. "
        "The card comes to City Hall: it is collected there, or staff bring it on a second visit."
    ),
    Way.HAND_OVER_AT_HOME: _(
        "Two members of staff check the identity documents and hand the card over."
    ),
    Way.EXPRESS: _(
        "The person comes to the counter within 30 days of what happened. "
        "The card is made in about a week."
    ),
    Way.APPLY_AT_COUNTER: _(
        "The person comes once, to apply. About a month later the card comes by post."
    ),
    Way.APPLY_AHEAD: _(
        "The application is sent by smartphone, PC, photo booth or post. "
        "The person comes once, to collect the card."
    ),
    Way.APPLY_AHEAD_PROXY: _(
        "For people of 75 and over, in care, in hospital or in a facility, with a disability, "
        "pregnant, at school up to high school, or with a guardian. Being busy is no reason."
    ),
    Way.CERTIFICATE_AT_COUNTER: _("Done the same day and free of charge. The PINs are needed."),
    Way.CERTIFICATE_BY_PROXY: _(
        "City Hall posts an enquiry letter first. "
        "The person fills it in and seals it, and somebody else brings it."
    ),
    Way.COLLECT_AT_COUNTER: _("The person comes to the counter with the postcard."),
    Way.COLLECT_BY_PROXY: _(
        "For people of 75 and over, in care, in hospital or in a facility, with a disability, "
        "pregnant, at school up to high school, or with a guardian. Being busy is no reason."
    ),
    Way.FACE_CARD: _(
        "The face is compared instead. It serves as health insurance card and as ID, "
        "not for certificates at convenience stores or for Mynaportal."
    ),
    Way.TALK: _("The city calls and looks for a way together with you."),
}

DOCUMENTS: Mapping[Document, Promise] = {
    Document.ONE_WITH_PHOTO: _(
        "One identity document with a photo (driving licence, passport, residence card …). "
        "The person writes the PINs alone; nobody else sees them."
    ),
    Document.TWO_WITH_PHOTO: _(
        "Two identity documents with a photo (driving licence, passport, residence card, "
        "disability certificate …)"
    ),
    Document.PHOTO_AND_OTHER: _(
        "One identity document with a photo, and one without (health insurance, pension book …)"
    ),
    Document.TWO_WITHOUT_PHOTO: _(
        "Two identity documents without a photo (health insurance, pension book, care insurance …)"
    ),
    Document.ANY_IDENTITY: _("Identity documents: two, one of them with a photo if there is one"),
    Document.RESIDENCE_CARD: _("Residence card"),
    Document.OLD_CARD: _("The My Number Card you have now"),
    Document.NOTIFICATION_CARD: _("The paper notification card of the personal number, if found"),
    Document.APPLICATION_FORM: _("The application form with the QR code, if found"),
    Document.PHOTO: _("A photo of the face, taken in the last six months"),
    Document.COLLECTION_NOTICE: _("The postcard that says the card is ready"),
    Document.PINS: _("The PINs the person chose. Keep them in mind; tell nobody."),
    Document.ENQUIRY_LETTER: _("The enquiry letter from City Hall, filled in and sealed"),
    Document.LEGAL_REPRESENTATIVE: _(
        "The legal representative (parent or guardian) is there too, with an identity document"
    ),
    Document.FAMILY_REGISTER: _(
        "A copy of the family register, if parent and child do not live together"
    ),
    Document.GUARDIAN_REGISTER: _("The guardian's certificate of registration"),
    Document.PROXY_IDENTITY: _(
        "Identity documents of who comes instead, and the person's written authorization"
    ),
    Document.PROOF_OF_REASON: _("A paper that shows why the person cannot come"),
    Document.PHOTO_CERTIFICATE: _(
        "A certificate with a photo, by the head of the facility or hospital "
        "or by the care manager's office"
    ),
    Document.LOSS_REPORT: _("If it was lost outside: the number of the report to the police"),
    Document.FEE_NEW_CARD: _("1,000 yen, if the card was lost"),
    Document.FEE_EXPRESS: _("2,000 yen for express issue"),
    Document.AT_HAND: _("Identity documents and letters about the card, beside the telephone"),
}

BARS: Mapping[Bar, Promise] = {
    Bar.MOVED: _("moved within the last two months, so the card cannot be posted yet"),
    Bar.FORWARDED: _("post is forwarded, and the card is never forwarded"),
    Bar.GUARDIANSHIP: _("a guardian acts for the person"),
    Bar.NOBODY_SPEAKS: _("nobody can say for the person that they want a card"),
    Bar.NO_EVENT: _("nothing happened within 30 days that opens express issue"),
    Bar.NO_PROXY_REASON: _("no reason is known that lets somebody else collect it"),
}

QUESTIONS: Mapping[Question, Promise] = {
    Question.MOVED: _("Moved within the last two months?"),
    Question.FORWARDED: _("Is post forwarded to another address?"),
    Question.IDENTITY: _("Which identity documents are at hand?"),
    Question.VOICE: _("Who says what the person wants?"),
    Question.AGE: _("How old is the person?"),
}
