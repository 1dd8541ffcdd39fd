from outreach.coverage.models.batch import Batch
from outreach.coverage.models.holding import Holding

__all__ = ["Batch", "Holding"]
