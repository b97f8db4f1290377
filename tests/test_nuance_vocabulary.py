"""The checks that ask with a vocabulary: what they report of a distorted rendering, and that a faithful one stays quiet."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from verify import languages
from verify.align.words import links
from verify.finding import Severity
from verify.languages import get
from verify.languages.language import load_toml
from verify.languages.vocabulary import vocabulary, words_of
from verify.nuance import Comparison, Side, checks, kept_marks
from verify.nuance.amounts import agreement, numbers
from verify.nuance.kept_marks import KEPT, TIME, TOPICS
from verify.one_pair import plain_side, run_checks

# check, source, faithful rendering, distorted rendering, word of the source and of the draft that a finding must touch
CASES = {
    "one festival to another": ("time", "景区在中秋节前夕重开。", "The park reopened on the eve of the Mid-Autumn Festival.", "The park reopened on the eve of the Dragon Boat Festival.", "中秋节", "dragon boat"),
    "opening to closing ceremony": ("time", "总统出席了开幕式。", "The president attended the opening ceremony.", "The president attended the closing ceremony.", "开幕式", "closing"),
    "first instance to the second": ("time", "他一审被判十年。", "He was given ten years at first instance.", "He was given ten years on appeal.", "一审", "on appeal"),
    "interim dividend to final": ("time", "公司宣派中期股息。", "The company declared an interim dividend.", "The company declared a final dividend.", "中期股息", "final dividend"),
    "this year to within a year": ("time", "部长说，新法年内施行。", "The law takes effect before the year is out, the minister said.", "The law takes effect within a year, the minister said.", "年内", "within a year"),
    "postponed to cancelled": ("time", "演唱会延期举行。", "The concert has been postponed.", "The concert has been cancelled.", "延期", "cancelled"),
    "finished to begun": ("time", "大桥主体结构已经竣工。", "The main structure of the bridge has been completed.", "Work on the main structure of the bridge has begun.", "竣工", "begun"),
    "untrue to true": ("negation", "警方说，网传消息不实。", "The reports online are untrue, the police said.", "The reports online are true, the police said.", "不实", "true"),
    "unchanged to changed": ("negation", "目标维持不变。", "The target stays the same.", "The target was changed.", "维持不变", "changed"),
    "against to in favour": ("negation", "他投了反对票。", "He voted against it.", "He voted in favour of it.", "反对票", "in favour"),
    "won to lost": ("negation", "主队昨晚获胜。", "The home side won last night.", "The home side lost last night.", "获胜", "lost"),
    "tightened to relaxed": ("negation", "央行收紧了贷款条件。", "The central bank tightened the terms of lending.", "The central bank relaxed the terms of lending.", "收紧", "relaxed"),
    "wrongly to rightly": ("negation", "他误以为车道已封闭。", "He wrongly thought the lane was closed.", "He rightly thought the lane was closed.", "误以为", "rightly"),
    "worse to better than expected": ("negation", "销售额不如预期。", "Sales were below expectations.", "Sales were above expectations.", "不如预期", "above expectations"),
    "underestimated to overestimated": ("negation", "风险不容低估。", "The risk must not be underestimated.", "The risk must not be overestimated.", "低估", "overestimated"),
    "without leave to with it": ("negation", "工人未经许可进入隧道。", "The workers entered the tunnel without permission.", "The workers entered the tunnel with permission.", "未经许可", "with permission"),
    "negative to positive": ("negation", "病毒检测结果呈阴性。", "The test for the virus came back negative.", "The test for the virus came back positive.", "阴性", "positive"),
    "admitted to denied": ("negation", "他承认收过红包。", "He admitted having taken red packets.", "He denied having taken red packets.", "承认", "denied"),
    "left out to taken in": ("negation", "票价不包括保险。", "The fare does not include insurance.", "The fare, including insurance, is unchanged.", "不包括", "including"),
    "lost in a long sentence": ("negation", "宪法法庭判决，死刑并未违宪，惟仅得适用于情节最重大之杀人罪，且须经法官一致决；相关机关应于二年内修法。", "The Constitutional Court ruled that the death penalty was not unconstitutional, but that it could be applied only to homicide in the most serious circumstances and required a unanimous decision of the judges; the authorities concerned should amend the law within two years.", "The Constitutional Court ruled that the death penalty was unconstitutional, but that it could be applied only to homicide in the most serious circumstances and required a unanimous decision of the judges; the authorities concerned should amend the law within two years.", "并未", "unconstitutional"),
    "referred to to be referred": ("time", "市府证实，签到簿上的名字系由他人代签，是否涉伪造文书已移送政风处。", "The city government confirmed that the name in the sign-in book had been signed by someone else. Whether forgery was involved has been referred to the ethics department.", "The city government confirmed that the name in the sign-in book had been signed by someone else. Whether forgery was involved is to be referred to the ethics department.", "已", "is to be referred"),
    "an appeal dismissed to allowed": ("negation", "法院驳回上诉，维持原判。", "The court dismissed the appeal and upheld the ruling.", "The court allowed the appeal and overturned the ruling.", "驳回上诉", "allowed the appeal"),
    "to come to done": ("time", "该公司将成立新部门。", "The company will set up a new department.", "The company has set up a new department.", "将", "has set"),
    "inflated by to inflated to": ("number", "法院认定，利润虚增4.3亿元。", "The court found that profits were inflated by 430 million yuan.", "The court found that profits were inflated to 430 million yuan.", "4.3亿元", "430 million yuan"),
    "kept at to rose by": ("number", "失业率维持在3.2%。", "The jobless rate stayed at 3.2 per cent.", "The jobless rate rose by 3.2 per cent.", "3.2%", "3.2 per cent"),
    "raised a fee by to it": ("number", "教育部调高教师钟点费两成。", "The ministry raised teachers' hourly pay by 20 per cent.", "The ministry raised teachers' hourly pay to 20 per cent.", "两成", "20 per cent"),
    "not to not only": ("negation", "这种病不会经空气传播。", "The disease does not spread through the air.", "The disease does not only spread through the air.", "不", "not only"),
    "must not to may": ("modality", "旅客不得携带充电宝登机。", "Passengers must not take power banks on board.", "Passengers are allowed to take power banks on board.", "不得", "are allowed"),
    "the last train to the first": ("time", "末班车晚点半小时。", "The last train was half an hour late.", "The first train was half an hour late.", "末班车", "first"),
    "half a year ago to half a month ago": ("time", "合同半年前已解除。", "The contract was ended half a year ago.", "The contract was ended half a month ago.", "半年", "half a month"),
    "at the start of a month to its end": ("time", "票价九月初上调。", "Fares go up early in September.", "Fares go up late in September.", "初", "late in september"),
    "morning peak to evening peak": ("time", "早高峰列车加密。", "More trains will run in the morning rush hour.", "More trains will run in the evening rush hour.", "早高峰", "evening"),
    "only then to before it": ("time", "检查结果下周一才公布。", "The test result is not due until next Monday.", "The test result is due before next Monday.", "下周一", "before next monday"),
    "three days of losses to the first in three": ("time", "恒指连跌三日。", "The Hang Seng Index fell for three days running.", "The Hang Seng Index had its first fall in three days.", "三日", "three days"),
    "nobody to not everybody": ("negation", "在场者无人举手。", "Nobody present raised a hand.", "Not everyone present raised a hand.", "无人", "not everyone"),
    "none of them to not all of them": ("negation", "五座仓库均未投保。", "None of the five warehouses was insured.", "Not all of the five warehouses were insured.", "均未", "not all"),
    "banned to not banned": ("negation", "市府禁止在河边烧烤。", "The city bans barbecues by the river.", "The city has not banned barbecues by the river.", "禁止", "not banned"),
    "dismissed to not dismissed": ("negation", "涉事教练已遭解雇。", "The coach involved has been sacked.", "The coach involved has not been sacked.", "解雇", "not been sacked"),
    "no wreck raised to one raised": ("negation", "当局暂不就此事展开搜查。", "The authorities are not searching for now.", "The authorities are searching for now.", "搜查", "searching"),
    "a bill passed to rejected": ("negation", "州议会昨日表决通过禁塑法案。", "The state assembly passed the plastics ban yesterday.", "The state assembly rejected the plastics ban yesterday.", "通过", "rejected"),
    "a veto to an approval": ("negation", "业主大会否决了涨租方案。", "The owners' meeting voted down the rent rise.", "The owners' meeting voted through the rent rise.", "否决", "voted through"),
    "acquitted to convicted": ("negation", "会计获判无罪。", "The accountant was acquitted.", "The accountant was convicted.", "无罪", "convicted"),
    "no link to a link": ("negation", "厂方称停电与台风无关。", "The plant said the outage was unrelated to the typhoon.", "The plant said the outage was due to the typhoon.", "无关", "due to"),
    "to blame to blameless": ("negation", "监理公司难辞其咎。", "The supervising firm cannot escape blame.", "The supervising firm can hardly be blamed.", "难辞其咎", "hardly be blamed"),
    "no such thing to such a thing": ("negation", "该协议谈不上突破。", "The deal is hardly a breakthrough.", "The deal amounts to a breakthrough.", "谈不上", "amounts to"),
    "can be avoided to cannot": ("negation", "多数溺水事故可以避免。", "Most drownings can be prevented.", "Most drownings are inevitable.", "可以避免", "inevitable"),
    "hard to easy": ("negation", "旧船难以修复。", "The old boat is hard to repair.", "The old boat is easy to repair.", "难以", "easy"),
    "not expected to as expected": ("negation", "老将意外落选。", "The veteran was surprisingly left out.", "The veteran was left out, as expected.", "意外", "as expected"),
    "punished to spared": ("negation", "该船公司被罚两百万元。", "The shipping firm was fined two million yuan.", "The shipping firm was spared a fine of two million yuan.", "被罚", "spared"),
    "denied to left open": ("negation", "警方表示死者并未饮酒。", "Police said the dead man had not been drinking.", "Police said they could not rule out that the dead man had been drinking.", "并未", "not rule out"),
    "many to few": ("quantifier", "不少老店已经歇业。", "Quite a few old shops have closed.", "Few old shops have closed.", "不少", "few"),
    "New Year's Day to February": ("time", "新规明年元旦生效。", "The rule takes effect on New Year's Day next year.", "The rule takes effect on February 1 next year.", "元旦", "february 1"),
    "the second half of a season to the first": ("time", "他在赛季后半段受伤。", "He was injured in the second half of the season.", "He was injured in the first half of the season.", "后半段", "first half"),
    "weekends to weekdays": ("time", "图书馆周末开放至深夜。", "The library is open late at weekends.", "The library is open late on weekdays.", "周末", "weekdays"),
    "the year after to the same year": ("time", "大桥次年通车。", "The bridge opened the following year.", "The bridge opened the same year.", "次年", "same year"),
    "brought forward to pushed back": ("time", "决赛提前两天举行。", "The final has been brought forward by two days.", "The final has been pushed back by two days.", "提前", "pushed back"),
    "from a date to up to it": ("time", "自三月五日起封路。", "The road is closed from March 5.", "The road is closed up to March 5.", "三月五日", "up to march 5"),
    "less than a number to more": ("number", "门票收入未过百万元。", "Ticket sales fell short of a million yuan.", "Ticket sales exceeded a million yuan.", "百万", "exceeded a million yuan"),
    "this year twice, then the next": ("time", "今年出口恐难达标，必要时年内再推支持方案。", "Exports may miss the goal this year, and more support would follow this year if need be.", "Exports may miss the goal this year, and more support would follow next year if need be.", "年内", "next year"),
    "month on month beside year on year": ("time", "订单按月减少3%，同比增加9%。", "Orders fell 3% on the month and rose 9% from a year earlier.", "Orders fell 3% on the year and rose 9% from a year earlier.", "按月", "year"),
    "kilometres to miles": ("number", "隧道全长12公里。", "The tunnel is 12 kilometres long.", "The tunnel is 12 miles long.", "12公里", "12 miles"),
    "a mu to a hectare": ("number", "小麦亩产达500公斤。", "The wheat yielded 500 kilograms per mu.", "The wheat yielded 500 kilograms per hectare.", "亩产", "per hectare"),
    "up by to a share of": ("number", "客流比2019年增长三成。", "Passengers were 30 percent above the 2019 figure.", "Passengers were 30 percent of the 2019 figure.", "三成", "30 percent"),
    "before the year is out to next year": ("time", "工程有望年内完工。", "The work should be finished this year.", "The work should be finished next year.", "年内", "next year"),
    "month on month to year on year": ("time", "零售额按月跌3%。", "Retail sales fell 3% on the month.", "Retail sales fell 3% on the year.", "按月", "on the year"),
    "since January to since a year ago": ("time", "铜价较年初上涨两成。", "Copper is up a fifth since the start of the year.", "Copper is up a fifth from a year earlier.", "较年初", "from a year earlier"),
    "the first months of the year to the last there were": ("time", "今年前五个月投资下降。", "Investment fell in the first five months of this year.", "Investment has fallen in the past five months.", "前五个月", "past five months"),
    "working days to plain days": ("time", "法院须在七个工作日内答复。", "The court must answer within seven working days.", "The court must answer within seven calendar days.", "七个工作日", "calendar days"),
    "ahead to behind": ("time", "工期比计划快两周。", "The work is two weeks ahead of plan.", "The work is two weeks behind plan.", "快", "behind"),
    "during his term to after it": ("time", "他任内扩建机场。", "He enlarged the airport while in office.", "He enlarged the airport after leaving office.", "任内", "after"),
    "never to no longer": ("time", "该厂从未获得许可证。", "The plant has never had a permit.", "The plant no longer has a permit.", "从未", "no longer"),
    "not allowed to not required": ("modality", "考生不得携带手机。", "Candidates must not bring phones.", "Candidates need not bring phones.", "不得", "need not"),
    "not required to not allowed": ("modality", "乘客无须更换车票。", "Passengers need not change their tickets.", "Passengers must not change their tickets.", "无须", "must not"),
    "not sure to sure": ("modality", "降息未必能提振消费。", "A rate cut may not lift spending.", "A rate cut is bound to lift spending.", "未必", "bound to"),
    "all of them to not all of them": ("negation", "村民无不欢欣鼓舞。", "Every villager was overjoyed.", "Not every villager was overjoyed.", "无不", "not"),
    "suspended to for good, in few words": ("time", "工程暂停。", "The project was suspended.", "The project was halted for good.", "暂", "for good"),
    "a sentence with years and months exchanged": ("number", "判处徒刑3年8月。", "He was sentenced to three years and eight months.", "He was sentenced to eight years and three months.", "3年8月", "eight years"),
    "nine months to eight": ("time", "前三季度利润下降。", "Profits fell from January to September.", "Profits fell from January to August.", "三季度", None),
    "up slightly to up sharply": ("number", "旗舰机型订单微增。", "Orders for the flagship edged up.", "Orders for the flagship rose sharply.", "微增", "sharply"),
    "far below to slightly below": ("number", "得票率远低于预期。", "The share of the vote was far below expectations.",
                                    "The share of the vote was slightly below expectations.", "远低", "slightly"),
    "doubled to halved": ("number", "线上销售额翻倍。", "Online sales doubled.", "Online sales halved.", "翻倍", "halved"),
    "one to several": ("number", "只剩一名保安留守。", "One security guard stays behind.", "Several security guards stay behind.", "一名", "several"),
    "ten and a few to dozens": ("number", "十余名村民获救。", "Some ten villagers were rescued.", "Dozens of villagers were rescued.", "十余", "dozens"),
    "dead and injured exchanged": ("number", "事故造成7人死亡、12人受伤。", "The accident left seven dead and 12 injured.", "The accident left 12 dead and seven injured.", "12人", "12 dead"),
    "ages and points exchanged": ("number", "38岁老将砍下31分。", "The 38-year-old veteran scored 31 points.", "The 31-year-old veteran scored 38 points.", "38岁", "31-year-old"),
    "two of a kind exchanged": ("number", "两店的租金分别涨三成和四成。", "Rents at the two shops rose by 30 and 40 per cent respectively.",
                                "Rents at the two shops rose by 40 per cent and 30 per cent respectively.", "三成", "40 per cent"),
    "a forecast revised to a rate to by it": ("number", "该行将经济增长率预测上调至3.4%。", "The bank raised its growth forecast to 3.4%.", "The bank raised its growth forecast by 3.4%.",
                                              "3.4%", "by"),
    "points of difference to a level": ("number", "降息幅度只有50个基点。", "It cut rates by only 50 basis points.", "It cut rates to only 50 basis points.", "50个基点", "50 basis points"),
    "a share to a rise": ("number", "商业房贷占比达一成四。", "Commercial mortgages make up 14 per cent.", "Commercial mortgages rose by 14 per cent.", "一成四", "14 per cent"),
    "a kilo to a tonne": ("number", "均价为每公斤20元。", "The average price is 20 yuan per kilo.", "The average price is 20 yuan per tonne.", "每公斤", "per tonne"),
    "suspended to for good": ("time", "开发案暂停。", "The development project has been suspended for now.", "The development project has been halted for good.", "暂停", "for good"),
    "latest to first": ("time", "最新年报显示，利润下降。", "The latest annual report shows that profit fell.", "The first annual report shows that profit fell.", "最新", "first"),
    "for a moment to all day": ("time", "地铁服务一度中断。", "Metro services were down at one point.", "Metro services were down all day.", "一度", "all day"),
    "in full to half": ("quantifier", "已购票者可全额退费。", "Ticket holders get a full refund.", "Ticket holders get a partial refund.", "全额", "partial"),
    "negation dropped": ("negation", "公司并没有裁员，只是调整了部门。", "The company did not lay off staff; it merely reorganised departments.",
                         "The company laid off staff; it merely reorganised departments.", "没有", None),
    "negation dropped beside a ban": ("negation", "世卫并不建议全面旅行禁令。", "The WHO does not recommend a blanket travel ban.",
                                      "The WHO recommends a blanket travel ban.", "并不", "recommends"),
    "negation added": ("negation", "央行宣布将在周三提高利率。", "The central bank announced it would raise interest rates on Wednesday.",
                       "The central bank announced it would not raise interest rates on Wednesday.", None, "not"),
    "negation dropped before a word that English has for bad": ("negation", "警方說，威脅並未消失。", "The threat has not gone away, police said.",
                                                              "Police said the threat was gone.", "並未", "gone"),
    "negation dropped before another word for bad": ("negation", "声明强调，这项规定并非针对外国企业。", "The statement stressed that the rule was not aimed at foreign firms.",
                                                     "The statement stressed that the rule was aimed against foreign firms.", "并非", "against"),
    "negation dropped before whether to boycott": ("negation", "他坦言，黨團內部對是否杯葛尚無共識。", "He admitted that his caucus had yet to reach a consensus on whether to boycott the bill.",
                                                   "He admitted that his caucus had reached a consensus on whether to boycott the bill.", "尚無", "consensus"),
    "did not deny to denied": ("negation", "总统府没有否认这项报道。", "The Presidential Office did not deny the report.", "The Presidential Office denied the report.", "没有", "denied"),
    "the 15th of this month to the next": ("time", "首期款项应于本月15日前支付。", "The first instalment is due by the 15th of this month.",
                                           "The first instalment is due by the 15th of next month.", "本月15日", "15th of next month"),
    "no later than to at the earliest": ("time", "剩余债务不迟于六月清零。", "The remaining debt will be cleared by June.", "The remaining debt will be cleared in June at the earliest.", "不迟于", "at the earliest"),
    "former dropped before executives": ("name", "警方拘捕两名前高管。", "Police arrested two former executives.", "Police arrested two executives.", "前高管", "executives"),
    "next month to this month": ("time", "他能否赶上下月的世锦赛仍是未知数。", "Whether he can recover in time for next month's World Championships is unknown.",
                                 "Whether he can recover in time for this month's World Championships is unknown.", "下月", "this month"),
    "almost twice to more than twice": ("number", "失误几乎是对手的两倍。", "The errors were almost twice as many as those of the opponent.",
                                        "The errors were more than twice as many as those of the opponent.", "两倍", "twice"),
    "left to right": ("agent", "他扭傷左腳踝，被迫退賽。", "He sprained his left ankle and was forced to retire.",
                      "He sprained his right ankle and was forced to retire.", "左腳", "right ankle"),
    "prosecutor to judge": ("name", "主控官指出，受害者多为独居老人。", "The prosecutor pointed out that most of the victims lived alone.",
                            "The judge pointed out that most of the victims lived alone.", "主控官", "judge"),
    "researcher to director, who reminded the public": (
        "attribution", "研究员王丽萍提醒，抗生素对病毒无效。", "Wang Liping, a researcher, reminded the public that antibiotics do not work against viruses.",
        "Wang Liping, the director, reminded the public that antibiotics do not work against viruses.", "研究员", "director"),
    "deputy dropped before chief executive": ("name", "发展局副局长刘德成致辞。", "Lau Teck Seng, deputy chief executive of the development authority, gave a speech.",
                                              "Lau Teck Seng, chief executive of the development authority, gave a speech.", "副局长", "chief executive"),
    "negation dropped beside one that is another word's": ("negation", "居民消费冷热不均并不意味着内需失速。", "The uneven warmth in household consumption does not mean that domestic demand has stalled.",
                                                          "The uneven warmth in household consumption means that domestic demand has stalled.", "并不", "means"),
    "half of 不无, with a but in the next clause": ("negation", "他说，增长不无隐忧，但没有见顶。", "Growth was not without hidden worries, he said, but it had not peaked.",
                                               "Growth was without hidden worries, he said, but it had not peaked.", "不无", "without"),
    "不升反跌 the other way round": ("negation", "投诉数字不升反跌。", "Complaints fell instead of rising.", "Complaints rose instead of falling.", "升反跌", "falling"),
    "negation dropped beside innocent for 清白": ("negation", "检方并未认定他清白。", "Prosecutors did not find him innocent.", "Prosecutors found him innocent.", "并未", "found"),
    "literary 无 dropped": ("negation", "专家说，疫苗与死亡病例无直接关系。", "The vaccine is not directly linked to the deaths, experts said.",
                          "The vaccine is directly related to the deaths, experts said.", "无", "related to"),
    "refused to agreed": ("negation", "公司拒绝赔偿。", "The company would not pay compensation.", "The company agreed to pay compensation.", "拒绝", "agreed to"),
    "refused to gave": ("negation", "警方拒絕公布姓名。", "Police declined to give the names.", "Police gave the names.", "拒絕", "gave the names"),
    "refused to agreed, beside another negation": ("negation", "法官拒绝押后宣判，理由是检方迟迟没有提交补充证据。", "The judge refused to adjourn sentencing, saying that the prosecution had long failed to submit further evidence.",
                                                  "The judge agreed to adjourn sentencing, saying that the prosecution had long failed to submit further evidence.", "拒绝", "agreed to"),
    "no different to different": ("negation", "律师说，此举无异于鼓励欺诈。", "The move is no different from encouraging fraud, the lawyer said.",
                                  "The move is different from encouraging fraud, the lawyer said.", "无异", "different from"),
    "not to not just": ("negation", "主席说，这并非预算问题。", "It is not a matter of the budget, the chairman said.", "It is not just a matter of the budget, the chairman said.", "并非", "not just"),
    "inevitable to not necessarily": ("negation", "施工期间难免有噪音。", "Noise is inevitable during the works.", "There will not necessarily be noise during the works.", "难免", "not necessarily"),
    "quashed to upheld": ("negation", "二审法院撤销了原判决。", "The court of second instance quashed the original judgment.",
                          "The court of second instance upheld the original judgment.", "撤销", "upheld"),
    "turned away to took in": ("negation", "医院拒收三名病人。", "The hospital turned three patients away.", "The hospital took in three patients.", "拒收", "three"),
    "not all to none": ("quantifier", "并非所有学生都通过了考试。", "Not all the students passed the exam.", "None of the students passed the exam.", "并非所有", "none"),
    "none to not all": ("quantifier", "所有學校都沒有開課。", "None of the schools has opened.", "Not all schools have opened.", "所有學校都沒", "not all"),
    "not everyone to no one": ("quantifier", "不是每个人都同意。", "Not everyone agrees.", "No one agrees.", "不是每个", "no one"),
    "not for all to not for anyone": ("quantifier", "並非人人有份，須符合資格。", "It is not for everyone; one must qualify.",
                                      "It is not for anyone; one must qualify.", "並非人人", "not for anyone"),
    "none to not everyone": ("quantifier", "谁也没有料到。", "Nobody saw it coming.", "Not everyone foresaw it.", "谁也没", "not everyone"),
    "every one to none": ("negation", "受訪者無一不擔心房價。", "Every one of the respondents was worried about house prices.",
                          "None of the respondents was worried about house prices.", "無一不", "none"),
    "not wholly to wholly": ("hedge", "该计划并非完全没有风险。", "The plan is not entirely free of risk.", "The plan is entirely free of risk.", "并非完全没有", "entirely"),
    "postponed and not cancelled": ("negation", "公司说，会议是延期而非取消。", "The meeting was postponed and not cancelled, the company said.",
                                    "The meeting was cancelled and not postponed, the company said.", "取消", "postponed"),
    "not money but talent": ("negation", "專家指出，問題不是資金，而是人才。", "The problem is not money but talent, experts pointed out.",
                             "The problem is not talent but money, experts pointed out.", "資金", "talent"),
    "an apology rather than compensation": ("negation", "他要求的是道歉，而不是赔偿。", "He wants an apology rather than compensation.",
                                            "He wants compensation rather than an apology.", "赔偿", "an apology"),
    "a warning and no threat": ("negation", "这是警告，而非威胁。", "This is a warning, not a threat.", "This is a threat, not a warning.", "威胁", "a warning"),
    "not leave but rest": ("negation", "他说，这不是告别，只是休息。", "This is not a farewell, it is a rest, he said.", "This is not a rest, it is a farewell, he said.", "告别", "rest"),
    "double negation halved": ("negation", "该项目并非没有风险。", "The project is not without risk.", "The project is without risk.", "并非没有", "without"),
    "double negation halved beside involved and investment": ("negation", "涉事公司的投资并非没有回报。", "The investment of the company involved was not without return.",
                                                              "The investment of the company involved was without return.", "并非没有", "without"),
    "does not mean to means": ("negation", "专家提醒，这并不意味着病毒已被清除。", "Experts cautioned that this did not mean the virus had been cleared.",
                               "Experts cautioned that this meant the virus had been cleared.", "不意味", "meant"),
    "unconfirmed to confirmed": ("negation", "當局至今仍未證實有關傳聞。", "The authorities have still not confirmed the rumour.",
                                 "The authorities have confirmed the rumour.", "未證實", "confirmed"),
    "not safe to safe": ("negation", "检查结果显示，这座桥并不安全。", "The inspection showed that the bridge was unsafe.", "The inspection showed that the bridge was safe.", "不安全", "safe"),
    "not unwilling to unwilling": ("negation", "居民并非不愿配合，只是没有人来说明。", "Residents are not unwilling to cooperate; it is just that nobody has come to explain.",
                                   "Residents are unwilling to cooperate; it is just that nobody has come to explain.", "并非不", "unwilling"),
    "35 million to 3.5 million": ("number", "三千五百万元的罚款尚未缴清。", "The fine of 35 million yuan has yet to be paid in full.", "The fine of 3.5 million yuan has yet to be paid in full.",
                                  "三千五百万", "3.5 million"),
    "double negation halved, not blameless": ("negation", "他口称自己并非没有责任。", "He said he was not blameless.", "He said he had no responsibility.", "并非没有", "no"),
    "may to will after also": ("modality", "出口也可能在明年下降。", "Exports may also fall next year.", "Exports will also fall next year.", "可能", "will"),
    "may to will": ("modality", "出口可能在明年下降。", "Exports may fall next year.", "Exports will fall next year.", "可能", "will"),
    "must to may": ("modality", "所有学生必须在周五前提交报告。", "All students must submit the report by Friday.",
                    "All students may submit the report by Friday.", "必须", "may"),
    "all to some": ("quantifier", "所有银行都通过了压力测试。", "All banks passed the stress test.", "Some banks passed the stress test.", "都", "some"),
    "alleged as fact, in a story": ("hedge", "检方周三起诉，这名前区长涉嫌收受建商贿款逾三百万元，被告否认全部指控。", "Prosecutors brought charges on Wednesday against the former district head, who is suspected of taking more than NT$3 million in bribes from a builder and denies every charge.", "Prosecutors brought charges on Wednesday against the former district head, who took more than NT$3 million in bribes from a builder and denies every charge.", "涉嫌", None),
    "absolutely dropped, in a story": ("emphasis", "教练赛后向记者表示，队内绝对没有人收过钱，联盟可以随时来查。", "There was absolutely nobody in the side who had taken money, the coach told reporters after the match; the league could come and look at any time.", "There was nobody in the side who had taken money, the coach told reporters after the match; the league could come and look at any time.", "绝对", None),
    "of their own accord dropped": ("emphasis", "店主主动退还了货款。", "The shopkeeper refunded the money of his own accord.", "The shopkeeper refunded the money.", "主动", None),
    "luckily dropped": ("emphasis", "消防队凌晨把火扑灭，所幸当时屋内无人，仅一名路人受伤。", "Firefighters put the blaze out in the small hours; fortunately nobody was inside at the time, and only a passer-by was hurt.", "Firefighters put the blaze out in the small hours; nobody was inside at the time, and only a passer-by was hurt.", "所幸", None),
    "stressed to said": ("emphasis", "警方強調，目前仍無證據顯示兩案有關。", "The police stressed that there was still no evidence linking the two cases.", "The police said that there was still no evidence linking the two cases.", "強調", None),
    "at least to at most": ("quantifier", "洪水造成至少十二人死亡。", "The flood killed at least twelve people.",
                            "The flood killed at most twelve people.", "至少", "at most"),
    "absolutely dropped": ("emphasis", "他绝对没有撒谎。", "He absolutely did not lie.", "He did not lie.", "绝对", None),
    "alleged as fact": ("hedge", "这名官员涉嫌收受贿赂。", "The official is suspected of taking bribes.", "The official took bribes.", "涉嫌", None),
    "because to although": ("condition", "因为天气恶劣，比赛被取消。", "The match was cancelled because of bad weather.",
                            "The match was cancelled although the weather was bad.", "因为", "although"),
    "unless to if": ("condition", "除非政府让步，否则罢工将继续。", "The strike will continue unless the government gives in.",
                     "The strike will continue because the government gives in.", "除非", "because"),
    "denied to admitted": ("attribution", "部长否认收受贿赂。", "The minister denied taking bribes.", "The minister admitted taking bribes.", "否认", "admitted"),
    "no comment to confirmed": ("attribution", "该公司拒绝就收购传闻置评。", "The company declined to comment on the takeover rumours.",
                                "The company confirmed that it was in takeover talks.", "拒绝就", "confirmed"),
    "next to last year": ("time", "工程将在明年完成。", "The project will be completed next year.", "The project will be completed last year.", "明年", "last year"),
    "before to after": ("time", "议会在选举之前通过了预算。", "Parliament passed the budget before the election.",
                        "Parliament passed the budget after the election.", "之前", "after"),
    "after to before, short": ("time", "她赛后落泪。", "She wept after the match.", "She wept before the match.", "后", "before"),
    "dawn to dusk": ("time", "凌晨发生爆炸。", "An explosion went off before dawn.", "An explosion went off in the evening.", "凌晨", "evening"),
    "an hour to a day": ("time", "会议持续了一小时。", "The meeting lasted an hour.", "The meeting lasted a day.", "一小时", "a day"),
    "yesterday to last week": ("time", "法院昨日作出裁决。", "The court ruled yesterday.", "The court ruled last week.", "昨日", "last week"),
    "percent to points": ("number", "失业率上升了两个百分点。", "Unemployment rose by two percentage points.", "Unemployment rose by two percent.", "百分点", "percent"),
    "two to three hundred million": ("number", "该银行获得2亿元贷款。", "The bank received a loan of 200 million yuan.",
                                     "The bank received a loan of 300 million yuan.", "2亿", "300 million"),
    "latest for earliest": ("time", "草案最快年底提请表决。", "The draft may go to a vote by the end of the year at the earliest.",
                            "The draft may go to a vote by the end of the year at the latest.", "最快", "at the latest"),
    "done for going on": ("time", "警方正在调查起火原因。", "Police are investigating the cause of the fire.", "Police have investigated the cause of the fire.",
                          "正在", "have investigated"),
    "soon for done": ("time", "警方指嫌疑人已落网。", "Police said the suspect had been caught.", "Police said the suspect would soon be caught.", "已", "soon"),
    "to for by": ("number", "罚款由20元提高至50元。", "The fine was raised from 20 yuan to 50 yuan.", "The fine was raised from 20 yuan by 50 yuan.", "50元", "by 50"),
    "by for from": ("number", "航班由每周28班增至31班。", "Flights will rise from 28 to 31 a week.", "Flights will rise by 28 to 31 a week.", "28", "by 28"),
    "by for from, downwards": ("number", "病例由320宗降至210宗。", "Cases fell from 320 to 210.", "Cases fell by 320 to 210.", "320", "by 320"),
    "to for by, over a noun": ("number", "法院减轻司机三成责任。", "The court cut the driver's liability by 30 per cent.",
                               "The court cut the driver's liability to 30 per cent.", "三成", "to 30"),
    "share for difference": ("number", "报价高于市价约四成。", "The offer was about 40% above the market price.", "The offer was about 40% of the market price.", "四成", "40%"),
    "up for down": ("number", "年龄在60岁以下的会员少了两成六。", "There were 26% fewer members under 60.", "There were 26% more members under 60.", "两成六", "26%"),
    "duration, to for by": ("number", "会议将延长两小时。", "The meeting will be extended by two hours.", "The meeting will be extended to two hours.", "两小时", "two"),
    "three times for two": ("number", "产值增长一倍。", "Output doubled.", "Output tripled.", "一倍", "tripled"),
    "the largest for the second largest": ("number", "这是该国第二大城市。", "It is the country's second-largest city.", "It is the country's largest city.",
                                           "第二大", "largest"),
    "the largest for one of them": ("quantifier", "该市是全国最大的港口之一。", "The city is among the country's largest ports.",
                                    "The city is the country's largest port.", "之一", "largest"),
    "is for was once": ("time", "他曾任财政部长。", "He served as finance minister.", "He is the finance minister.", "曾", "is"),
    "nobody does not": ("negation", "没有人不知道这起丑闻。", "Everyone knows about the scandal.", "No one knows about the scandal.", "没有人不", "no one"),
    "must not for need not": ("modality", "议员不必申报海外资产。", "Lawmakers need not declare overseas assets.",
                              "Lawmakers must not declare overseas assets.", "不必", "must not"),
    "another surname behind an honorific": ("name", "薛志宏说，计划不变。", "The plan is unchanged, Hsueh Chih-hung said.", "The plan is unchanged, Mr Huang said.", "薛志宏", "huang"),
    "another surname before the given name": ("name", "李强说，改革将继续。", "Reform will go on, Li Qiang said.", "Reform will go on, Wang Qiang said.", "李强", "wang qiang"),
    "another surname in Cantonese spelling": ("name", "部長陳麗華表示遺憾。", "The minister, Chan Lai-wah, expressed regret.", "The minister, Wong Lai-wah, expressed regret.", "陳麗華", "wong lai-wah"),
    "the one beaten beats": ("agent", "记者被警察打伤。", "The reporter was beaten by police.", "The reporter injured a police officer.", "记者被警察", "reporter injured"),
    "seller and buyer": ("agent", "美国向菲律宾出售导弹。", "The United States sold missiles to the Philippines.",
                         "The Philippines sold missiles to the United States.", "向", "to the united"),
    "years and months exchanged": ("number", "前乡长由八年改判四年六个月。", "The former township head's eight years were cut to four years and six months.",
                                   "The former township head's eight years were cut to six years and four months.", None, None),
    "start for end": ("time", "他去年底辞职。", "He resigned at the end of last year.", "He resigned early last year.", "年底", "early"),
    "ended for going on": ("time", "谈判仍在进行。", "Talks continue.", "The talks have ended.", "仍在进行", "ended"),
    "two days before to after": ("time", "火車站開幕儀式前兩天，工人仍在趕工。", "Two days before the station's opening ceremony, workers were still rushing to finish.",
                               "Two days after the station's opening ceremony, workers were still rushing to finish.", "前兩天", "after"),
    "before to after, where not is near": ("time", "水库泄洪前没有通知居民。", "Residents were not notified before the reservoir released water.",
                                           "Residents were not notified after the reservoir released water.", "前", "after"),
    "at once to in due course": ("time", "该厂须立即停产整顿。", "The plant must suspend production at once.",
                                 "The plant must suspend production in due course.", "立即", "in due course"),
    "going on, over": ("time", "谈判正在进行。", "Talks are under way.", "The talks are over.", "正在", "are over"),
    "last to first": ("time", "他在最后一场比赛中受伤。", "He was injured in the final match.", "He was injured in the first match.", "最后一场", "first"),
    "first day to last day": ("time", "展览首日吸引上万观众。", "More than 10,000 visitors came on the first day of the exhibition.",
                              "The last day of the exhibition drew more than 10,000 visitors.", "首日", "last"),
    "end of a month to its beginning": ("time", "会议将于三月底召开。", "The meeting will be held at the end of March.",
                                        "The meeting will be held at the beginning of March.", "月底", "beginning"),
    "from to until": ("time", "自下周一起，票价上调。", "Fares will go up from next Monday.", "Fares will be raised until next Monday.", "自下周一起", "until"),
    "longer to shorter": ("time", "签证期限延长至九十天。", "The visa was extended to 90 days.", "The visa term was shortened to 90 days.", "延长", "shortened"),
    "on time to early": ("time", "工程如期完工。", "The project was completed on schedule.", "The project was completed ahead of schedule.", "如期", "ahead"),
    "always to lately": ("time", "她始终否认指控。", "She has always denied the charges.", "She has lately denied the charges.", "始终", "lately"),
    "end of the year to end of the month": ("time", "工厂须在年底前搬迁。", "The plant must move before the end of the year.",
                                            "The plant must move before the end of the month.", "年底", "end of the month"),
    "that night to the next": ("time", "他当晚就离开了酒店。", "He left the hotel that night.", "He left the hotel the next night.", "当晚", "the next night"),
    "years ago to years later": ("time", "他兩年前加入該隊。", "He joined the team two years ago.", "He joined the team two years later.", "兩年前", "years later"),
    "not yet to already": ("time", "法院尚未就此作出裁决。", "The court has yet to rule on the matter.", "The court has already ruled on the matter.", "尚未", "already"),
    "never to not yet": ("time", "該國從未批准條約。", "The country has never ratified the treaty.", "The country has not yet ratified the treaty.", "從未", "not yet"),
    "put off to cancelled": ("time", "会议推迟举行。", "The meeting has been put off.", "The meeting has been cancelled.", "推迟", "cancelled"),
    "all but so many": ("number", "六轮磋商只敲定两项条款。", "Six rounds of talks settled only two provisions.", "Six rounds of talks settled all but two provisions.", "两", "all but two"),
    "each to in all": ("number", "三名高管各被罚款60万元。", "The three executives were fined 600,000 yuan each.", "The three executives were fined 600,000 yuan in total.", "各", "in total"),
    "a month to a year": ("time", "月薪五千元。", "The salary is 5,000 yuan a month.", "The salary is 5,000 yuan a year.", "月薪", "a year"),
    "within to after": ("time", "须在三周内答复。", "A reply must be given within three weeks.", "A reply must be given in three weeks' time.", "周内", "in three weeks"),
    "last night to yesterday morning": ("time", "警方昨晚拘捕兩人。", "Police arrested two people last night.", "Police arrested two people yesterday morning.", "昨晚", "yesterday morning"),
    "tomorrow morning to afternoon": ("time", "会议将于明天上午举行。", "The meeting will be held tomorrow morning.",
                                      "The meeting will be held tomorrow afternoon.", "明天上午", "tomorrow afternoon"),
    "more than half a year to nearly": ("number", "施工半年多。", "The work has taken more than six months.", "The work has taken nearly six months.", "半年多", "nearly six months"),
    "a height in metres": ("number", "选手身高一米七五。", "The athlete is 1.75 m tall.", "The athlete is 2.75 m tall.", None, "2.75 m"),
    "the third time to the fifth": ("number", "她三度夺冠。", "She won the title for a third time.", "She won the title for a fifth time.", "三度", "fifth"),
    "New Taiwan dollars to yuan": ("number", "罚款新台币三千元。", "The fine is NT$3,000.", "The fine is 3,000 yuan.", "三千元", "3,000 yuan"),
    "soon to begin, begun": ("time", "会议即将开始。", "The meeting is about to begin.", "The meeting has begun.", "即将", "has begun"),
    "signed, being signed": ("time", "合同已经签署。", "The contract has been signed.", "The contract is being signed.", "已经", "is being"),
    "to be verified, verified": ("time", "數據有待核實。", "The figures have yet to be verified.", "The figures have been verified.", "有待", "have been"),
    "one in three to one in five": ("number", "每三人中就有一人患病。", "One in three people is ill.", "One in five people is ill.", "每三人", "one in five"),
    "two in five to three": ("number", "每五個孩子裡有兩個近視。", "Two in five children are short-sighted.", "Three in five children are short-sighted.", "每五個", "three in five"),
    "so much left, so much less": ("number", "销量仅剩三成。", "Sales are down to 30% of what they were.", "Sales are down by 30%.", "三成", "by 30%"),
    "topped to nearly reached": ("number", "播放量突破百万。", "Views topped a million.", "Views nearly reached a million.", "百万", "a million"),
    "topped to approached": ("number", "用户数破百万。", "The number of users topped one million.", "The number of users approached one million.", "百万", "one million"),
    "a record in seconds": ("number", "她以48秒91刷新纪录。", "She set a record of 48.91 seconds.", "She set a record of 49.91 seconds.", "48秒91", "49.91"),
    "not until to until": ("time", "直到週五，法院才公布判決。", "The court did not publish the ruling until Friday.", "The court published the ruling until Friday.", "直到週五", "until"),
    "overnight to through the day": ("time", "工人连夜抢修。", "Workers carried out repairs overnight.", "Workers carried out repairs through the day.", "连夜", "through the day"),
    "the third to the second": ("number", "这是今年第三起事故。", "This is the third accident this year.", "This is the second accident this year.", "第三", "second"),
    "after the match to beforehand": ("time", "主帅赛后早早离场，并点名表扬替补。", "The coach left early after the match and praised the substitute by name.",
                                      "The coach left early beforehand and praised the substitute by name.", "赛后", "beforehand"),
    "long since to lately": ("time", "双方不和已久，方始对簿公堂。", "The two sides had long been at odds before they went to court.", "The two sides had lately been at odds when they went to court.", "已久", "lately"),
    "expiry at the end of a month to its beginning": ("time", "折扣将于六月底届满，其后不再延续。", "The discount expires at the end of June and will not be renewed.",
                                        "The discount expires at the beginning of June and will not be renewed.", "月底", "beginning of june"),
    "done to will be, where no verb is aligned": ("time", "平台透露，已对涉事账号禁言。", "The platform disclosed that it had silenced the accounts involved.",
                                                 "The platform disclosed that it will silence the accounts involved.", "已", "will"),
    "will be to has been, with 将由": ("time", "名额将由后备队员补上。", "The place will be filled by a reserve.", "The place has been filled by a reserve.", "将由", "has been"),
    "seconds to minutes, several of each": ("time", "候选人沉默数秒。", "The candidate was silent for several seconds.",
                                           "The candidate was silent for several minutes.", "数秒", "several minutes"),
    "first quarter to first half": ("time", "一季度零售额增长5%。", "Retail sales rose 5% in the first quarter.", "Retail sales rose 5% in the first half.", "一季度", "first half"),
    "inquiry going on to about to": ("time", "调查仍在进行。", "The inquiry is still going on.", "The inquiry is about to get under way.", "仍在", "about to"),
    "by for to, without by": ("number", "失业率由5.2%降至4.9%。", "Unemployment fell to 4.9% from 5.2%.", "Unemployment fell 4.9% from 5.2%.", "4.9", "4.9"),
    "before to once": ("time", "银行须在更换系统前通知客户。", "The bank must notify customers before it replaces the system.",
                       "The bank must notify customers once it replaces the system.", "更换系统前", "once"),
    "after to until": ("time", "雪停後，列車恢復行駛。", "Trains ran again after the snow had stopped.", "Trains ran until the snow had stopped.", "後", "until"),
    "while to after": ("time", "警方在搜查住所时发现现金。", "Police found cash while searching the home.", "Police found cash after searching the home.", "时", "after"),
    "within to after seven days": ("time", "买家可在七天内退货。", "Buyers may return goods within seven days.", "Buyers may return goods after seven days.", "七天内", "after"),
    "from to until a date": ("time", "新规自五月一日起生效。", "The rules take effect from May 1.", "The rules are in effect until May 1.", "起", "until"),
    "put back to brought forward": ("time", "比赛推迟两周举行。", "The game was played two weeks later than planned.", "The game was played two weeks earlier than planned.", "推迟两周", "earlier"),
    "about to at least": ("number", "约三十名居民获救。", "About 30 residents were rescued.", "At least 30 residents were rescued.", "约", "at least"),
    "nearly put in": ("number", "演讲持续了四小时。", "The speech lasted four hours.", "The speech lasted nearly four hours.", "四小时", "nearly"),
    "average to at most": ("number", "病人平均輪候四小時。", "Patients wait four hours on average.", "Patients wait up to four hours.", "平均", "up to"),
    "median to average": ("number", "月薪中位数为八千元。", "The median monthly wage is 8,000 yuan.", "The average monthly wage is 8,000 yuan.", "中位数", "average"),
    "fell below to fell by": ("number", "股价一度跌破五十元。", "The share price at one point fell below 50 yuan.", "The share price at one point fell by 50 yuan.", "五十元", "50"),
    "cut by to cut to": ("number", "未来三年预算将削减两成。", "The budget will be cut by 20% over the next three years.", "The budget will be cut to 20% over the next three years.", "两成", "20%"),
    "no evidence at all to evidence": ("negation", "现阶段没有任何证据显示有人蓄意破坏。", "At this stage there is no evidence of deliberate sabotage.",
                                       "At this stage there is evidence of deliberate sabotage.", "没有任何证据", "evidence"),
    "does not deny to denies": ("negation", "部长并不否认压力存在。", "The minister does not deny that there is pressure.", "The minister denies that there is pressure.", "并不否认", "denies"),
    "not ruled out to ruled out": ("negation", "警方不排除有內應。", "Police have not ruled out help from inside.", "Police have ruled out help from inside.", "不排除", "ruled out"),
    "first this to first that": ("time", "他们要求公司先改善服务，再谈票价。", "They want the company to improve its service first and discuss fares afterwards.",
                                "They want the company to discuss fares first and improve its service afterwards.", "先改善服务", "discuss fares first"),
    "million to billion": ("number", "公司亏损三千万元。", "The company lost 30 million yuan.", "The company lost 30 billion yuan.", "三千万", "30 billion"),
}

# Free but faithful: what carries the sense is another word class, or the sense is folded into a word.
FREE = {
    "wrong for not the right": ("negation", "现在并非出售的合适时机。", "This is the wrong moment to sell."),
    "no choice but": ("negation", "货轮不得不绕行。", "The freighter had no choice but to take a detour."),
    "the staff was not dismissed for that": ("negation", "他并非因病假过多而被解雇。", "It was not for too much sick leave that he was fired."),
    "a refusal by a partial word": ("negation", "议员并非人人赞成，也从未表决。", "Not every member was in favour, and there was never a vote."),
    "not at all": ("negation", "这道菜丝毫不辣。", "The dish is not hot at all."),
    "an end of June": ("time", "须在六月底前交付。", "Delivery is due before the end of June."),
    "a fortnight for half a month": ("time", "展览延长半个月。", "The exhibition was extended by a fortnight."),
    "so far for not yet": ("time", "病毒尚未在本港检出，多家医院自上周起加强检查。", "So far the virus has not been found in the city, and several hospitals have stepped up checks since last week."),
    "ten minutes and no emphasis": ("emphasis", "航班延誤三十分鐘。", "The flight was delayed by 30 minutes."),
    "both sides named": ("quantifier", "檢辯雙方各執一詞。", "Prosecution and defence gave conflicting accounts."),
    "cents of a yuan": ("number", "每斤只涨两角钱。", "A jin costs only 20 cents more."),
    "fell short of a hundred million": ("number", "该片票房未过亿。", "The film took less than 100 million yuan."),
    "twice negated, and affirmed outright": ("negation", "他并非没有考虑过辞职。", "He had thought about resigning."),
    "who is left out says what is negated": ("negation", "除一人不合格外，全部学员通过考核。", "All the trainees but one passed."),
    "unchanged for no change": ("negation", "公司的计划没有变。", "The company's plans have stayed the same."),
    "not over for under way": ("negation", "搜救仍未结束。", "The search is still under way."),
    "wait until before for 之后才": ("time", "她不愿等到退休之后才去旅行。", "She does not want to wait until she has retired before travelling."),
    "the coming autumn of this year": ("time", "今年秋季起免收学费。", "Tuition will be free from the coming autumn."),
    "from April for month on month": ("time", "5月出口同比增长6%，环比下降1%。", "May exports rose 6% from a year earlier and fell 1% from April."),
    "last year's pace for year on year": ("time", "今年春播进度比去年同期快五天。", "Spring sowing is five days ahead of last year's pace."),
    "a year of the republic": ("time", "新制自民國113年起實施。", "The new system took effect in 2024."),
    "straight sessions for trading days": ("time", "外资连续六个交易日净买入。", "Foreign investors were net buyers for six straight sessions."),
    "or in a lower bound": ("modality", "65歲或以上長者可免費乘車。", "People aged 65 and over travel free."),
    "expects beside a will of something else": ("modality", "酒店下月停业，预计明年重开。", "The hotel will close next month and expects to reopen next year."),
    "an omen is no trillion": ("number", "这是个好兆头。", "It is a good omen."),
    "the original verdict for the first instance": ("name", "二审法院维持一审判决。", "The appeal court upheld the original verdict."),
    "a former post of the accused": ("name", "被告曾任某校校长，否认控罪。", "A former headmaster has pleaded not guilty."),
    "ten minutes are not very": ("number", "旅客要等四十分钟，情况正逐步改善。", "Passengers wait for 40 minutes; things are getting a bit better."),
    "the first increase in months for 再次": ("time", "外汇储备时隔三个月再次增加。", "Reserves rose, the first increase in three months."),
    "January to September for three quarters": ("time", "前三季度利润下降2.7%。", "Profits fell 2.7% from January to September."),
    "January-May for five months": ("time", "前五个月出口增长4%。", "Exports grew 4% from January to May."),
    "a quarter of an hour": ("time", "15分钟内可筛查肾病。", "Kidney disease can be screened for in a quarter of an hour."),
    "about a quarter of an hour for 一刻钟": ("time", "双方对峙约一刻钟。", "They faced each other for about a quarter of an hour."),
    "half a minute": ("time", "开票仅三十秒便售罄。", "Tickets sold out in just half a minute."),
    "the coming fortnight": ("time", "未来两周仍无降雨。", "There will be no rain in the coming fortnight."),
    "a sentence in months": ("time", "法院判处他有期徒刑3年8月。", "The court sentenced him to 44 months in prison."),
    "a sentence of years and months": ("time", "法院量处一年十月，缓刑四年。", "The court imposed one year and ten months, suspended for four years."),
    "the final three months": ("time", "四季度恐难好转。", "The final three months of the year may bring no turn for the better."),
    "将 of an object": ("time", "护士误将药物注入。", "The nurse had mistakenly injected the drug."),
    "cut to half is cut by half": ("number", "配额削减一半。", "The quota was cut to half."),
    "up somewhat, yet far below": ("number", "销量有所回升，但远低于去年。", "Sales recovered somewhat but were far below last year's."),
    "plunge for 大跌 beside a small rise": ("number", "股价大跌，成交却微增。", "Shares plunged while turnover edged up."),
    "several cases, one of them here": ("number", "多名学生发烧，其中一名已住院。", "Several students had a fever; one has been taken to hospital."),
    "numbers in another order, each with what it counts": ("number", "事故造成7人死亡、12人受伤。", "Twelve people were injured and seven killed in the accident."),
    "halted for a time, then for good": ("time", "工程先暂停，后永久取消。", "Work was first suspended and then scrapped for good."),
    "at least with a verb between": ("number", "破解加密系统至少还要十年。", "Breaking the encryption is at least ten years away."),
    "full years as at least": ("number", "从事该工种满八年者可申请。", "Those with at least eight years in the job may apply."),
    "six and a half tenths before 不": ("number", "控股股东持股七成五不会变。", "The controlling shareholder's 75 per cent stake will not change."),
    "tenths after 去年": ("number", "毛利率由去年一成六升至两成一。", "The gross margin rose to 21 per cent from 16 per cent last year."),
    "the second percentage without its sign": ("number", "税率由25%下调至15%。", "The tax rate is cut to 15 per cent, from 25."),
    "cents of a currency": ("number", "每股派息0.18元。", "It will pay 18 HK cents a share."),
    "dimes and cents": ("number", "每股盈利四角五分。", "Earnings were 45 cents a share."),
    "metres written m": ("number", "跑道长1.5公里。", "The runway is 1,500m long."),
    "a fraction after more than": ("number", "逾两成员工离职。", "Of the staff, more than a fifth were gone."),
    "not past half": ("number", "赞成票未过半。", "Less than half voted in favour."),
    "some with -odd": ("number", "现场有三百余名观众。", "Some 300-odd spectators were there."),
    "up to with its verb between": ("number", "违者最多罚款收入的一成。", "Offenders can be fined up to 10 per cent of income."),
    "no lower than": ("number", "合格率不低于九成。", "The pass rate is no lower than 90 per cent."),
    "a piece is no yuan": ("number", "他捡到一块石头。", "He picked up a stone."),
    "1.6 times": ("number", "产量是去年的一点六倍。", "Output was 1.6 times last year's."),
    "the calendar of Taiwan": ("time", "民国112年度预算已通过。", "The budget for 2023 has been passed."),
    "a length of three digits in characters": ("time", "他被扣留二百一十五日。", "He was held for 215 days."),
    "the first six months": ("time", "上半年销量持平。", "Sales were flat in the first six months."),
    "a surname that is a weekday": ("time", "经理孙先生辞职。", "The manager, Mr Sun, a lawyer by training, resigned."),
    "an hour in characters after a day": ("time", "截至昨日十七时，共有三人失联。", "As of 5pm yesterday three people were missing."),
    "over-70s": ("number", "70岁以上长者可免费接种。", "The over-70s can be vaccinated free of charge."),
    "as soon as possible is no soon": ("time", "已身在当地者应尽早离开。", "Those already there should leave as soon as possible."),
    "nobody was named": ("hedge", "他没有点名任何官员。", "He named no officials."),
    "growth came to, grew by": ("number", "经济增速预期上调至4.9%。", "The economy is now expected to grow by 4.9%."),
    "the rise to which a number belongs": ("number", "贸易额增长8.3%，双方都受益。", "Both sides gained from the 8.3 per cent growth in trade."),
    "close to is no to": ("number", "净利下滑近三成。", "Net profit slid by close to 30%."),
    "at least is no less": ("number", "该公司拟集资最少五亿元。", "The company intends to raise at least 500 million yuan."),
    "a narrower loss": ("number", "公司亏损减少两成。", "The company's loss narrowed by 20%."),
    "not all for 并非所有": ("quantifier", "并非所有受害者都获得赔偿。", "Not all victims were compensated."),
    "80 percent for 八成 before 人不": ("number", "约有八成人不满现状。", "About 80 percent of people are unhappy."),
    "percent for 厘": ("number", "定存利率由3厘调高至3.25厘。", "The deposit rate was raised to 3.25% from 3%."),
    "first time in years for 时隔 再度": ("time", "台湾队时隔三年再度夺冠。", "Taiwan won the title for the first time in three years."),
    "didn't rule out for 不排除": ("negation", "他不排除参选。", "He didn't rule out running."),
    "could not be ruled out for 无法排除": ("modality", "目前仍无法排除人为纵火的可能。", "Arson could not be ruled out for now."),
    "187 people is no 人均": ("quantifier", "机上其余187人均安然无恙。", "The other 187 people on board were unharmed."),
    "not ruled out for 未排除": ("negation", "警方未排除他杀。", "Police have not ruled out murder."),
    "obliged to consider for 不得不考虑": ("negation", "公司不得不考虑裁撤部门。", "The company was obliged to consider closing departments."),
    "still to be settled for 尚未敲定": ("negation", "方案尚未敲定。", "The plan has yet to be settled."),
    "give back or go to court for 若不退还": ("negation", "若不退还预付款，将诉诸法律。", "Give back the advance or face a lawsuit."),
    "not averse for 并不是不爱": ("negation", "孩子并不是不爱说话，只是听不懂方言。", "The child is not averse to speech; he simply cannot follow the dialect."),
    "not without for 不无": ("negation", "经济学家不无忧虑地说，增速由正转负。", "The economist said, not without concern, that growth had turned negative."),
    "should not for 不宜": ("modality", "修法已拖了三年，不宜再延。", "The amendments had been delayed for three years and should not be put off again."),
    "may not entirely for 未必能完全": ("hedge", "接种疫苗未必能完全避免感染。", "Vaccination may not prevent infection entirely."),
    "a player called Chou Tien-chen": ("time", "35歲的周天成賽後直呼驚險。", "Chou, 35, called it a narrow win afterwards."),
    "last week, the Bank of Japan": ("time", "上周日本央行宣布加息。", "The Bank of Japan raised interest rates on Friday."),
    "unaffected for 不影响": ("negation", "这对游客不构成影响。", "Tourists will be unaffected."),
    "disagreed for 不同意": ("negation", "他不同意这一说法。", "He disagreed with the claim."),
    "tantamount for 无异于": ("negation", "这无异于自杀。", "This is tantamount to suicide."),
    "turned down for 拒绝": ("negation", "他拒绝了邀请。", "He turned the invitation down."),
    "resisting arrest for 拒捕": ("negation", "他因拒捕被击毙。", "He was shot dead while resisting arrest."),
    "some failed for 并非所有 passed": ("quantifier", "并非所有学生都通过了考试。", "Some students failed the exam."),
    "not everyone, and nobody": ("quantifier", "并非所有人都满意，但没有人辞职。", "Not everyone is happy, but nobody has resigned."),
    "not until for 直到 才": ("negation", "直到週五，法院才公布判決。", "The court did not publish its ruling until Friday."),
    "in force for 未解除": ("negation", "禁令仍未解除。", "The ban is still in force."),
    "说不准 is no ban": ("modality", "谁也说不准明年的房价。", "Nobody can say what house prices will be next year."),
    "not entirely for 并非完全": ("hedge", "该计划并非完全没有风险。", "The plan is not entirely free of risk."),
    "isn't wholly for 并不完全": ("hedge", "命运并不完全掌握在我们手里。", "It isn't wholly up to us."),
    "every one for 无一不": ("quantifier", "受访者无一不担心房价。", "Every one of the respondents was worried about house prices."),
    "does not want but": ("negation", "他要求的是道歉，而不是赔偿。", "He does not want compensation but an apology."),
    "caused not by but by": ("negation", "降价并非竞争所致，而是运力过剩。", "The fall was caused not by competition but by excess capacity."),
    "why not for 为什么不": ("negation", "为什么不早点说？", "Why not say so earlier?"),
    "died for 不治": ("negation", "伤者送医后不治。", "The injured man died in hospital."),
    "three days later is no later": ("time", "三天后，他随即辞职。", "Three days later he promptly resigned."),
    "before for 随后": ("time", "他先向记者道歉，随后离开会场。", "He apologised to reporters before leaving the hall."),
    "before the year is out for 年内": ("time", "地铁年内开工。", "Work on the metro will start before the year is out."),
    "no later than for 不晚于": ("time", "首飞将不晚于六月进行。", "The maiden flight will take place before the end of June."),
    "by no means a poor one": ("negation", "他说，这部片子并非不好看。", "He said the picture was by no means a poor one to watch."),
    "first, then afterwards": ("time", "申请人须先缴费，再领表。", "Applicants must pay first and collect the form afterwards."),
    "once, and still": ("time", "公司曾担任该案顾问，如今仍是股东。", "The company once advised in the case and is still a shareholder."),
    "not over is going on": ("time", "谈判仍在进行，尚未结束。", "The talks go on and are not over."),
    "three days on for 三天后": ("time", "三天后，警方在海边找到了尸体。", "Police found the body on the beach three days on."),
    "once this, now that": ("time", "他曾经是矿工，现在开出租车。", "He was once a miner and now drives a taxi."),
    "ten last night is a time": ("time", "警方昨晚十時拘捕兩人。", "Police arrested two people at 10 last night."),
    "slated for 预计": ("attribution", "预计下月通车。", "It is slated to open to traffic next month."),
    "unhappy for 表示不满": ("attribution", "居民表示不满。", "Residents were unhappy."),
    "voiced for 表示": ("attribution", "他对此表示担忧。", "He voiced concern over this."),
    "the plant had stopped, and does not speak": ("attribution", "副局长王强说，工厂已停产。", "Wang Qiang, deputy chief of the bureau, said the plant had stopped production."),
    "he whom a phrase with 对 names does not speak": ("attribution", "主席对政府拖延选举表示遗憾。", "The chairman expressed regret over the government's delay in holding elections."),
    "by how long, and nobody": ("agent", "捷运环状线南段工程延误十四个月。", "The southern section of the Circular Line was delayed by fourteen months."),
    "by how much, and nobody": ("agent", "公司削减预算三分之一。", "The company budget was cut by a third."),
    "metres between people": ("number", "距离三米五个人站着。", "Five people stood three metres away."),
    "degrees for 度": ("number", "气温升高二度。", "The temperature rose by two degrees."),
    "police ready for what will be": ("time", "选举将于下月举行，警方已加强戒备。", "Police have stepped up security ahead of next month's election."),
    "a quarter for 每四户就有一户": ("number", "每四户家庭中有一户负债。", "A quarter of households are in debt."),
    "so many for so many": ("number", "每三名员工有一个办公室。", "There is one office for every three employees."),
    "one respondent in six": ("number", "每六人便有一人坦承考虑过辞职。", "One respondent in six admitted to having considered resigning."),
    "a person called Zhou Yiming": ("time", "周一鸣教授说，结果可靠。", "The results are reliable, said Professor Zhou Yiming."),
    "a date for a weekday": ("time", "他周一出庭。", "He appeared in court on the 11th."),
    "the first five months for 前五月": ("time", "今年前五月，出口同比增长5%。", "In the first five months of this year exports rose 5% year on year."),
    "extended, and will now run": ("time", "工期将延期至明年。", "The work has been extended and will now run until next year."),
    "the year-ago period for 同比": ("addition", "利润同比下降一成。", "Profit fell 10% versus the year-ago quarter."),
    "stayed until he left": ("time", "他直到周五才离开。", "He stayed until Friday."),
    "withheld until paid": ("time", "公司直到三月才支付工资。", "The company withheld wages until March."),
    "an index is no speech": ("attribution", "纳指昨夜重挫3%。", "The Nasdaq plunged 3% overnight."),
    "40 percent for 四成 before 为": ("number", "病例中约四成为儿童。", "About 40 percent of the cases are children."),
    "no all for 全球": ("quantifier", "全球已有17个国家报告病例。", "Seventeen countries have reported cases."),
    "unable for 无法": ("negation", "救援人员无法进入灾区。", "Rescuers were unable to enter the disaster area."),
    "unless for 若不": ("negation", "若不扩大调查，真相将无法查明。", "Unless the inquiry is widened, the truth will never be known."),
    "not until for 才": ("negation", "直到周五，法院才公布判决。", "Not until Friday did the court publish its ruling."),
    "not have to for 不是非…不可": ("modality", "工人说：我们不是非罢工不可。", "We do not have to strike, the workers said."),
    "all I want for 只": ("quantifier", "他说，他只想要一个道歉。", "All he wanted, he said, was an apology."),
    "could for 或": ("modality", "油价或将进一步上涨。", "Oil prices could rise further."),
    "said for 表示": ("attribution", "发言人表示，谈判仍在继续。", "Talks are still under way, the spokesman said."),
    "until complete for 待完成后": ("time", "须待测试完成后方可启用。", "Until the tests are complete it must stay out of use."),
    "not until for 前不": ("time", "判决在周五前不会公布。", "The ruling will not be published until Friday."),
    "before they came for 赶到时 已": ("time", "警员赶到时，两人已经逃走。", "The two had fled before officers arrived."),
    "from then on for 起": ("time", "该店下周起停业。", "The shop will be closed from next week."),
    "shortly after nine for 九时许": ("time", "昨晚九时许发生爆炸。", "The explosion came shortly after nine last night."),
    "some thirty for 约三十": ("number", "约三十名居民获救。", "Some thirty residents were rescued."),
    "per cent is no each": ("number", "受影响者占总数的5%。", "Those affected are 5 per cent of the total."),
    "a year ago is no each": ("number", "累计销量同比增长6%。", "Sales rose 6% from a year ago."),
    "all oppose for 无不反对": ("negation", "居民无不反对合并。", "Every resident opposes the merger."),
    "first and before": ("time", "应先通知客户，再更换系统。", "Customers should be told before the system is replaced."),
    "three in 10,000 for 万分之三": ("number", "感染率为万分之三。", "The infection rate is three in 10,000."),
    "a rise from the fare before": ("number", "起步价由29元调高至33元。", "The flag-down fare goes up by HK$4 to HK$33."),
    "the level before a fall": ("number", "失业率降至5.1%，较上月下降0.3个百分点。", "Unemployment fell to 5.1%, from 5.4% a month earlier."),
    "the count before a rise": ("number", "昨晚入住346人，较前晚多52人。", "There were 346 guests last night, against 294 the night before."),
    "a cut in per cent": ("number", "上限由500万元下调至50万元。", "The ceiling comes down by 90 per cent to 500,000 yuan."),
    "what is left of a share": ("number", "补贴已发放八成。", "A further 20 per cent of the subsidies has still to be paid."),
    "the other side of a bound": ("number", "开工的不足四成。", "More than 60 per cent have not begun."),
    "never below for 以上": ("number", "存煤始终在25天以上。", "Stocks never fell below 25 days."),
    "no longer above for 跌破": ("number", "价格跌破11万元。", "The price no longer stands above 110,000 yuan."),
    "never under until for 首次跌破": ("number", "入住率首次跌破七成。", "Occupancy had never been under 70 per cent until now."),
    "six cents of a yuan": ("number", "单价再降6分钱。", "The price fell by another 0.06 yuan."),
    "not a cent": ("number", "他从未收过一分钱。", "He has never taken a cent."),
    "decimals in numerals": ("number", "成长率上修一點三五個百分點。", "Growth was revised up by 1.35 percentage points."),
    "a tenth who say": ("number", "仅一成表示满意。", "Only a tenth say they are satisfied."),
    "the end of the year after next": ("time", "工程预计后年底前完工。", "The work should be done by the end of the year after next."),
    "a year earlier for 前年": ("time", "去年接获十一宗，前年有九宗。", "There were eleven cases last year and nine a year earlier."),
    "midnight for 24时": ("time", "油价自今晚24时起下调。", "Fuel prices fall from midnight tonight."),
    "every month for 没有一个月不": ("time", "餐厅没有一个月不亏本，日均亏五百元。", "The restaurant lost money every month, 500 yuan a day."),
    "ordinary days beside weekends": ("time", "周末客流比平日多一倍。", "Weekends bring twice as many passengers as ordinary days."),
    "more than a year and a half for 19 months": ("time", "工程拖延了19个月。", "The work was delayed for more than a year and a half."),
    "sixty years for 一甲子": ("time", "这家店经营了一甲子。", "The shop has been in business for sixty years."),
    "not cancelled but continues": ("time", "保险公司没有取消承保。", "The insurer continues to provide cover."),
    "an outage that began": ("time", "系统于凌晨两点中断。", "The outage began at two in the morning."),
    "unless for 若 and 不": ("condition", "馆长坦言，若议会不追加预算，部分楼层要到年底才能动工。", "The director admitted that unless the council added to the budget, some floors could not be started on until the end of the year."),
    "into the start of a month": ("time", "高温将持续至九月初。", "The heat will last into the beginning of September."),
    "around for 前后": ("time", "2045年前后才能恢复。", "It will be around 2045 before it recovers."),
    "a Minguo school year": ("time", "新课纲115学年度上路。", "The new curriculum takes effect in the 2026 school year."),
    "not only for 不但": ("negation", "嫌犯不但未停车，反而加速。", "The suspect not only failed to stop but sped up."),
    "not all at once": ("negation", "加味烟不会一下子全禁。", "Flavoured cigarettes will not all be banned at once."),
    "two verdicts": ("negation", "被告贩毒罪不成立，管有毒品罪成。", "Cleared of trafficking, the defendant was found guilty of possession."),
    "withheld approval": ("negation", "检察院不批准逮捕。", "The procuratorate withheld approval of the arrest."),
    "a regret that is admitted": ("negation", "他说没后悔过是假的。", "He admitted having had regrets."),
    "whether or not as a question": ("negation", "女儿问我是不是不要她了。", "My daughter asked if I no longer wanted her."),
    "nothing substandard": ("negation", "出厂检验并无不合格记录。", "Factory tests showed nothing substandard."),
    "not since": ("negation", "价格跌破20元，为三月以来首次。", "The price slipped under 20 yuan, where it has not been since March."),
    "表明日本 is not 明日": ("time", "这些数据表明日本经济正在复苏。", "The figures show that Japan's economy is recovering."),
}


@cache
def findings(check, source, draft):
    pair = Comparison(Side(source, get("zh")), Side(draft, get("en")), links(source, draft, "zh", "en"))
    return tuple(finding for active in checks([check]) for finding in active(pair) if finding.confidence >= 0.3)


# What is learned from distortions is a chance and sometimes wrong; the rules are quiet on these too.
WRONGLY_DOUBTED = ("postponed and not cancelled", "give back or go to court for 若不退还", "two verdicts", "a regret that is admitted", "wait until before for 之后才",
                   "some failed for 并非所有 passed", "before for 随后")
# Of so short a sentence the trees are not sure enough by themselves.
WRONGLY_MISSED = ("absolutely dropped", "alleged as fact", "not wholly to wholly")


def grave(check, source, draft):
    return {f.evidence.get("by") for f in findings(check, source, draft) if f.severity >= Severity.MAJOR}


@pytest.mark.parametrize("name", CASES)
def test_a_distortion_is_found_at_its_word(name):
    check, source, _, distorted, ours, theirs = CASES[name]
    found = findings(check, source, distorted)
    touches = lambda words, span: words is None or span is not None and (words in span.text.lower() or span.text.lower() in words)
    assert any(touches(ours, f.source) and touches(theirs, f.target) for f in found) == (name not in WRONGLY_MISSED), found


@pytest.mark.parametrize("name", CASES)
def test_the_faithful_rendering_beside_it_is_quiet(name):
    check, source, faithful, *_ = CASES[name]
    assert grave(check, source, faithful) == ({KEPT} if name in WRONGLY_DOUBTED else set())


@pytest.mark.parametrize("name", FREE)
def test_a_free_rendering_is_quiet(name):
    assert grave(*FREE[name]) == ({KEPT} if name in WRONGLY_DOUBTED else set())


@pytest.mark.parametrize(("topic", "text", "asking"), [
    ("negation", "至迟不晚于年底", []), ("emphasis", "他对判决不服", []), ("emphasis", "感染率为万分之三", []), ("modality", "不排除日后赴港挂牌的可能", ["不排除日后赴港挂牌的可能"]),
])
def test_what_asks_for_a_counterpart(topic, text, asking):
    assert [mark.text for mark in vocabulary(get("zh")).find(topic, text) if mark.asks] == asking


@pytest.mark.parametrize("topic", [*TOPICS, TIME])
def test_the_trees_know_the_senses_of_the_vocabulary(topic):
    assert set(kept_marks.numbers(topic)) <= set(kept_marks.senses_of(topic))  # a sense that an editor adds has no number yet; one that is renamed would lose its own


def test_an_exchanged_sequence_is_quoted_in_whole_words():
    draft = "The lawyer said the authority had been hasty and asked that vaccination be resumed first and the report be published afterwards."
    (found,) = [f for f in findings("time", "律师要求先公布报告，再恢复接种。", draft) if f.evidence.get("by") == "sequence"]
    assert draft[found.target.start - 1] == " " and not draft[found.target.end].isalpha()


def test_an_amount_that_is_a_duration_too_is_reported_once():
    found = [f for name in ("number", "time") for f in findings(name, "会议持续近三小时。", "The meeting lasted more than three hours.")]
    assert len([f for f in found if "nearly" in f.message]) == 1


def test_traditional_script_is_read_like_simplified():
    assert [(f.source.start, f.source.end, f.severity) for f in findings("quantifier", "所有銀行都通過了壓力測試。", "Some banks passed the stress test.")] == [
        (f.source.start, f.source.end, f.severity) for f in findings("quantifier", "所有银行都通过了压力测试。", "Some banks passed the stress test.")]


def test_one_word_that_several_checks_know_is_reported_once():
    pair = Comparison(plain_side("据业内人士估计，若罢工持续一周，损失或达两亿元。", "zh", "source"), plain_side("According to people in the industry, losses could reach 200 million yuan if the strike lasts a week.", "en", "target"), None)
    asked = [f for f in run_checks(pair, checks()) if f.source and "估计" in f.source.text and not f.target]
    assert len(asked) == 1
    assert len([f for check in checks() for f in check(pair) if f.source and "估计" in f.source.text and not f.target]) > 1


def test_a_refusal_that_became_consent_is_told_once():
    (found,) = [f for f in findings("negation", "公司拒绝就裁员传闻置评。", "The company agreed to comment on rumours of job cuts.") if f.source and "拒绝" in f.source.text]
    assert (found.target.text, found.suggestion) == ("agreed to", "restore the refusal")


def test_a_refusal_that_has_no_place_in_the_draft_stands_beside_a_negation_that_has():
    draft = ('The cabbie did go through on red: surveillance footage checked by officers settled that. Can the fare be believed, who says of himself '
             'that he was "made to leap from the taxi"? They would not be drawn.')
    found = findings("negation", "警方翻查闭路电视，确定的士司机冲灯属实，惟拒绝评论乘客自称“被迫跳车”的说法是否可信。", draft)
    assert {f.target and f.target.text for f in found} == {None, "not"}


def test_a_suggestion_says_the_word_and_not_its_sense():
    assert [f.suggestion for f in findings("emphasis", "他从未道歉。", "He apologised.") if f.source] == ["add “never”"]


def test_units_are_named_in_words():
    assert "3 minutes" in findings("number", "会议持续三分钟。", "The meeting lasted 15 minutes.")[0].message
    assert "5,000 Hong Kong dollars" in findings("number", "罰款五千港元。", "The fine is HK$3,000.")[0].message


def test_yuan_is_the_currency_that_the_draft_has():
    assert [f.suggestion for f in findings("number", "罰款五千元。", "The fine is HK$3,000.")] == ["5,000 Hong Kong dollars"]
    assert [f.suggestion for f in findings("number", "罰款五千元。", "There is a fine.")] == ["add 5,000"]
    assert [f.suggestion for f in findings("number", "罚款五千元。", "There is a fine.")] == ["add 5,000 yuan"]


def test_two_amounts_that_are_gone_have_no_cure_each():
    assert {f.suggestion for f in findings("number", "船上17名船员中有8人受伤。", "Some 18 of its 70 crew were hurt.")} == {""}


@pytest.mark.parametrize("source, draft", [
    ("薛志宏说，计划不变。", "The plan is unchanged, Hsueh Chih-hung said."),
    ("曾淑娟表示，并无症状。", "Tseng Shu-chuan said there were no symptoms."),
    ("區議員陳家輝稱，已一口拒絕。", "District councillor Chan Ka-fai said he had refused outright."),
    ("面包店老板娘王丽云说，要关门了。", "Bakery owner Ong Lay Hoon said she would have to close."),
])
def test_a_chinese_name_in_any_spelling_is_no_stranger(source, draft):
    assert not findings("name", source, draft)


def test_amounts_of_a_long_table_are_read_once_each(monkeypatch):
    from verify.nuance import calculated

    source = "，".join(f"第{n}项由{7 * n + 11}元增至{13 * n + 12}元" for n in range(12)) + "。"
    draft = ", ".join(f"item {n} rose from {17 * n + 5003} yuan to {19 * n + 7001} yuan" for n in range(12)) + "."
    pair = Comparison(Side(source, get("zh")), Side(draft, get("en")))
    found, asked, read = agreement(pair), [], calculated.read
    monkeypatch.setattr(calculated, "read", lambda side, amount: asked.append(amount) or read(side, amount))
    calculated.calculated(pair, found.missing, found.extra)
    assert len(found.missing) > 20 and len(asked) <= len(numbers(pair.source)) + len(numbers(pair.target)) + len(found.missing)


@pytest.mark.parametrize("file", sorted(Path(languages.__file__).parent.glob("*.toml")), ids=lambda file: file.stem)
def test_no_word_stands_twice_in_one_sense(file):
    words = [(*path, word) for path, table in _tables(load_toml(file.name)) for field in ("asks", "answers") for word in words_of(table.get(field, ""))]
    # Of words that match the same text the last decides; `mean~ to` stands in both, so that it comes before `meant to`, which asks for nothing.
    assert {word for word, times in Counter(words).items() if times > 1} <= {("modality", "plan", "mean~ to")}


def _tables(table, path=()):
    if {"asks", "answers"} & table.keys():
        yield path, table
    for name, inner in table.items():
        if isinstance(inner, dict):
            yield from _tables(inner, (*path, name))
