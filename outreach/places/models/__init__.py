from outreach.places.models.boundary_set import BoundarySet
from outreach.places.models.district import District
from outreach.places.models.venue import Venue

__all__ = ["BoundarySet", "District", "Venue"]
