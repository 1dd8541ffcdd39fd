from outreach.people.models.access_record import AccessRecord
from outreach.people.models.person import Person
from outreach.people.models.task import Task

__all__ = ["AccessRecord", "Person", "Task"]
