from outreach.people.models.access_record import AccessRecord
from outreach.people.models.person import Person

__all__ = ["AccessRecord", "Person"]
