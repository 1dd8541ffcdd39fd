from outreach.reception.models.reception_point import ReceptionPoint

__all__ = ["ReceptionPoint"]
