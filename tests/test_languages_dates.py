"""Times, and whether two texts' times can be the same."""

import datetime

import pytest

from verify.languages import get
from verify.languages.times import comparable

FRIDAY = datetime.date(2025, 5, 2)


def one(code, text):
    (time,) = get(code).dates(text)
    return time


@pytest.mark.parametrize(
    ("zh", "en", "how"),
    [
        ("5月2日", "May 2nd", "same"), ("5月2日", "2 May", "same"), ("5月2日（周五）", "Friday (May 2nd)", "same"), ("5月2日", "May 3", "different"),
        ("2025年5月", "May 2025", "same"), ("五月", "in June", "different"), ("周三", "on Wednesday", "same"), ("星期三", "Thursday", "different"),
        ("去年", "last year", "same"), ("前年", "the year before last", "same"), ("明年", "last year", "different"), ("上周五", "last Friday", "same"),
        ("上半年", "the first half", "same"), ("第三季", "Q3", "same"), ("一季度", "the second quarter", "different"),
        ("90天", "a 90-day pause", "same"), ("两个月", "two consecutive months", "same"), ("三年前", "three months", "different"), ("半年", "six months", "same"),
        ("一个半小时", "90 minutes", "same"), ("近四年", "nearly four years", "same"), ("上世纪90年代", "the 1990s", "same"), ("21世纪", "the 21st century", "same"),
        ("下午3点半", "3:30 p.m.", "same"), ("凌晨", "evening", "different"), ("同比", "year on year", "same"), ("同比", "month on month", "different"),
        ("昨日", "on Thursday", "unknown"), ("昨日", "three years", "unknown"),
        ("昨日", "last week", "different"), ("昨日", "this week", "unknown"), ("下月", "next year", "different"), ("上半年", "the third quarter", "different"),
        ("上半年", "the second quarter", "unknown"), ("上半年", "in July", "unknown"),
    ],
)
def test_how_two_times_stand(zh, en, how):
    assert comparable(one("zh", zh), one("en", en)) == how


@pytest.mark.parametrize(
    ("zh", "en", "how"),
    [
        ("5月2日", "on Friday", "same"), ("5月2日", "on Thursday", "different"), ("5月9日", "on Friday", "unknown"), ("周五", "May 1", "different"),
        ("昨日", "on Thursday", "same"), ("昨日", "on Friday", "different"), ("今天", "on Friday", "same"), ("昨日", "in May", "unknown"),
        ("去年", "in 2024", "same"), ("去年", "in 2019", "different"), ("去年5月", "May 2025", "different"), ("去年5月", "in May", "same"),
        ("上月", "in April", "same"), ("本月", "in April", "different"), ("上周五", "April 25", "same"), ("上周五", "April 18", "different"),
        ("去年", "last year", "same"), ("本月", "this month", "same"), ("周三", "on Wednesday", "same"), ("昨日", "last week", "different"),
        # What counts from another time than the date line, or is no year of the calendar.
        ("翌年", "in 2020", "unknown"), ("2018年", "the previous year", "unknown"), ("上财年", "in 2025", "unknown"), ("2025年", "last summer", "unknown"),
        ("7月19日", "the last Sunday in July", "unknown"), ("20日", "May 20", "same"), ("29日", "March 29", "same"),
    ],
)  # fmt: skip
def test_the_date_line_resolves_what_a_text_leaves_open(zh, en, how):
    assert comparable(get("zh").dates(zh)[0], get("en").dates(en)[0], FRIDAY) == how


def test_last_friday_is_read_only_where_it_can_be_but_one_day():
    friday, day = one("zh", "上周五"), one("en", "May 2")
    assert comparable(friday, day, FRIDAY + datetime.timedelta(days=1)) == "same"  # on the day after, many say so of yesterday
    assert comparable(friday, day, FRIDAY + datetime.timedelta(days=7)) == "same"
    assert comparable(friday, day, FRIDAY) == "different"


def test_last_month_beside_a_month_is_the_one_before_that():
    august, last = get("zh").dates("8月份上升，比上月多。")
    assert comparable(last, one("en", "in July"), datetime.date(2025, 9, 15)) == "unknown"


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_a_date_line_at_an_end_of_time_is_no_error(day):
    assert comparable(one("zh", "昨日"), one("en", "tomorrow"), day) == "different"


def test_japanese_times():
    kinds = [(time.kind, time.values.get("month"), time.values.get("weekday")) for time in get("ja").dates("5月2日(金)、3カ月連続、昨年、水曜日")]
    assert kinds == [("date", 5, 5), ("duration", None, None), ("relative", None, None), ("weekday", None, 3)]


@pytest.mark.parametrize(("ja", "en", "how"), [
    ("前年", "the previous year", "same"), ("前年", "in 2023", "unknown"), ("一昨年", "in 2023", "same"), ("一昨日", "on Wednesday", "same"), ("再来年", "in 2027", "same")])
def test_words_that_are_other_times_in_japanese(ja, en, how):
    assert comparable(one("ja", ja), one("en", en), FRIDAY) == how


def test_may_is_a_month_only_where_it_can_be_one():
    assert get("en").dates("It may rain. May I? Theresa May's plan.") == []
    assert one("en", "It rose in May.").values == {"month": 5}


def test_a_number_in_a_date_is_no_amount():
    assert get("en").numbers("On 2 May 2025, in the first half, for 90 days.") == []
    assert get("zh").numbers("2025年5月2日，上半年，90天。") == []
