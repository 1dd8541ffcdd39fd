from outreach.reception.models.appointment import Appointment, Relation
from outreach.reception.models.booth_step import BoothStep
from outreach.reception.models.opening_day import OpeningDay
from outreach.reception.models.reception_point import ReceptionPoint
from outreach.reception.models.service import Payment, Service
from outreach.reception.models.ticket import Ticket

__all__ = [
    "Appointment",
    "BoothStep",
    "OpeningDay",
    "Payment",
    "ReceptionPoint",
    "Relation",
    "Service",
    "Ticket",
]
