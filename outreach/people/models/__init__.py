from outreach.people.models.access_record import AccessRecord
from outreach.people.models.care_facility import CareFacility
from outreach.people.models.care_record import CareRecord
from outreach.people.models.carer import Carer
from outreach.people.models.facility_contact import FacilityContact
from outreach.people.models.household import Household
from outreach.people.models.known_apart import KnownApart
from outreach.people.models.need import Need
from outreach.people.models.person import Person
from outreach.people.models.person_merge import PersonMerge
from outreach.people.models.residence import Residence
from outreach.people.models.task import Task
from outreach.people.models.task_note import TaskNote

__all__ = [
    "AccessRecord",
    "CareFacility",
    "CareRecord",
    "Carer",
    "FacilityContact",
    "Household",
    "KnownApart",
    "Need",
    "Person",
    "PersonMerge",
    "Residence",
    "Task",
    "TaskNote",
]
