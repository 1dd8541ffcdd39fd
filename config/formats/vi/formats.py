"""Dates in Vietnamese without Django's leading “Ngày”: labels and sentences say it themselves."""

DATE_FORMAT = r"j \t\há\n\g n \nă\m Y"
DATETIME_FORMAT = r"G:i \n\gà\y j \t\há\n\g n \nă\m Y"
YEAR_MONTH_FORMAT = r"F \nă\m Y"
