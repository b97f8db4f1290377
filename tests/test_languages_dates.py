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


def test_the_date_line_resolves_what_a_text_leaves_open():
    assert comparable(one("zh", "5月2日"), one("en", "on Friday"), FRIDAY) == "same"
    assert comparable(one("zh", "昨日"), one("en", "on Thursday"), FRIDAY) == "same"
    assert comparable(one("zh", "昨日"), one("en", "on Friday"), FRIDAY) == "different"
    assert comparable(one("zh", "去年"), one("en", "in 2024"), FRIDAY) == "same"


def test_japanese_times():
    kinds = [(time.kind, time.values.get("month"), time.values.get("weekday")) for time in get("ja").dates("5月2日(金)、3カ月連続、昨年、水曜日")]
    assert kinds == [("date", 5, 5), ("duration", None, None), ("relative", None, None), ("weekday", None, 3)]


def test_may_is_a_month_only_where_it_can_be_one():
    assert get("en").dates("It may rain. May I? Theresa May's plan.") == []
    assert one("en", "It rose in May.").values == {"month": 5}


def test_a_number_in_a_date_is_no_amount():
    assert get("en").numbers("On 2 May 2025, in the first half, for 90 days.") == []
    assert get("zh").numbers("2025年5月2日，上半年，90天。") == []
