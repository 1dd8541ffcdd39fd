"""What the city publishes for anybody to use: classes, venues, and cards held where that is safe.

Source of the columns: 自治体標準オープンデータセット (デジタル庁). Written with a byte order mark
and CRLF, as the standard asks, days and times in ISO form; blank means not known, never zero.
"""

from outreach.desk.open_data.data_sets import DATA_SETS, DataSet
from outreach.desk.open_data.note import note

__all__ = ["DATA_SETS", "DataSet", "note"]
