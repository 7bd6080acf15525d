"""Who and what the invented company 宁波澄岳净水科技 consists of. All names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mazhi.kernel.access.model import Actor
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.places.model import Place, PlaceKind
from mazhi.kernel.products.model import Product

FULL = 20_160
"""So many purifiers are made where nothing else is asked for: two lines of 140 a day, 72 days."""

RULE = {
    "code": "RO",
    "name": "家用净水机",
    "segments": [
        {"kind": "constant", "value": "RO"},
        {"kind": "date", "format": "YYMMDD"},
        {"kind": "field", "name": "line", "width": 3},
        {"kind": "counter", "width": 4, "base": 10, "start": 1, "reset": "day", "per": ["line"]},
        {"kind": "check", "method": "iso7064_mod37_36"},
    ],
}
MOST_PER_LINE_AND_DAY = 9_999

R800, R600, C2000, FILTER, PUMP = "CY-R800", "CY-R600", "CY-C2000", "CF-800", "HY-P24"
SCREW, LONG_SCREW = "LS-M4X10", "LS-M5X16"

PRODUCTS = (
    Product(
        code=R800, name="家用反渗透净水机 800 加仑", tracking="serial", batch_managed=True, gtin="6975310820010",
        unit="台", category="RO", warranty_days=1095, stock_age_days=60, inspect_on=("return_",), rule="RO",
    ),
    Product(
        code=R600, name="家用反渗透净水机 600 加仑", tracking="serial", batch_managed=True, gtin="6975310820027",
        unit="台", category="RO", warranty_days=1095, stock_age_days=60, inspect_on=("return_",), rule="RO",
    ),
    Product(
        code=C2000, name="商用直饮机 2000 加仑", tracking="serial", gtin="6975310820034", unit="台", category="RC",
        warranty_days=730, stock_age_days=45, inspect_on=("return_",),
    ),
    Product(
        code=FILTER, name="复合滤芯（CY-R800 用）", tracking="batch", shelf_life_days=365, gtin="6975310820041",
        unit="支", category="CF", warranty_from="none", stock_age_days=180,
    ),
    Product(
        code=PUMP, name="增压水泵 24 V", tracking="serial", batch_managed=True, unit="只", category="HY",
        warranty_from="none", stock_age_days=120, inspect_on=("receive",),
    ),
    Product(
        code="MB-800", name="RO 膜元件 800 加仑", tracking="batch", unit="支", category="MB", warranty_from="none",
        stock_age_days=180,
    ),
    Product(
        code="MB-600", name="RO 膜元件 600 加仑", tracking="batch", unit="支", category="MB", warranty_from="none",
        stock_age_days=180,
    ),
    Product(code=SCREW, name="十字盘头螺钉 M4×10", tracking="sku", unit="颗", category="LS", warranty_from="none"),
    Product(code=LONG_SCREW, name="内六角螺钉 M5×16", tracking="sku", unit="颗", category="LS", warranty_from="none"),
)  # fmt: skip

PUMP_BATCHES = (
    ("PB-2607-A", "HY26070418", 0), ("PB-2609-A", "HY26090102", 7), ("PB-2609-B", "HY26090231", 7),
    ("PB-2609-C", "HY26090411", 14), ("PB-2610-A", "HY26100109", 28), ("PB-2610-B", "HY26100388", 44),
    ("PB-2611-A", "HY26110056", 60),
)  # fmt: skip
"""Code, the supplier's own number, and the working day from which on its pumps are built in."""
BAD_BATCH = "PB-2609-B"
PUMP_BIN = "S-03-1"
MEMBRANES = {R800: "MB-800", R600: "MB-600"}
MEMBRANE_BATCHES = (("MB-2608-A", 0), ("MB-2609-B", 21), ("MB-2610-C", 46))
MEMBRANE_SUPPLIER = "S-JM"
PUMP_SUPPLIER = "S-HY"
ASSEMBLER = "S-DG"
SCREW_SUPPLIER = "S-YS"
FAIR = "X-EXPO"

SITE, WAREHOUSE, SOUTH, SPARES, ROAD = "NB", "CP", "FS", "BJ", "TR-01"
DOCK, ENTRY, SOUTH_DOCK = "CP-D2", "CP-IN", "FS-D1"
RETURNED, REPAIR = "BJ-T", "BJ-W"
LINES = ("L01", "L02")
BINS = tuple(f"A-{rack:02d}-{level}" for rack in range(1, 11) for level in range(1, 6))
SOUTH_BINS = tuple(f"F-{rack:02d}-{level}" for rack in range(1, 13) for level in range(1, 5))
LARGE_BINS = tuple(f"B-{rack:02d}-{level}" for rack in range(1, 3) for level in range(1, 4))
FILTER_BINS = tuple(f"C-{rack:02d}-{level}" for rack in range(1, 4) for level in range(1, 5))
SPARE_BINS = tuple(f"S-{rack:02d}-{level}" for rack in range(1, 4) for level in range(1, 4))


def places() -> Iterator[tuple[Place, str | None]]:
    """Yield every place with the code of the one that it lies in, the outer before the inner."""

    def one(code: str, name: str, kind: PlaceKind, inside: str | None = None) -> tuple[Place, str | None]:
        return Place(code=code, name=name, kind=kind), inside

    yield one(SITE, "宁波工厂", "site")
    yield from (one(line, f"{number}线", "line", SITE) for line, number in zip(LINES, "一二", strict=True))
    yield one(WAREHOUSE, "成品仓", "warehouse", SITE)
    yield one(ENTRY, "待上架区", "zone", WAREHOUSE)
    yield from (one(f"CP-D{number}", f"发货台 {number}", "station", WAREHOUSE) for number in (1, 2))
    yield one(SPARES, "备件仓", "warehouse", SITE)
    yield one(RETURNED, "退货区", "zone", SPARES)
    yield one(REPAIR, "维修区", "zone", SPARES)
    yield one(SOUTH, "佛山分仓", "warehouse")
    yield one(SOUTH_DOCK, "佛山发货台", "station", SOUTH)
    yield one(ROAD, "运输途中", "vehicle")
    zones = (
        ("A", "整机", WAREHOUSE, BINS),
        ("B", "商用机", WAREHOUSE, LARGE_BINS),
        ("C", "滤芯", WAREHOUSE, FILTER_BINS),
        ("F", "整机", SOUTH, SOUTH_BINS),
        ("S", "备件", SPARES, SPARE_BINS),
    )
    for letter, what, house, bins in zones:
        zone = f"{house}-{letter}"
        yield one(zone, f"{letter} 区 {what}", "zone", house)
        yield from (one(code, code, "bin", zone) for code in bins)


@dataclass(frozen=True, slots=True)
class Dealer:
    """A dealer (经销商): where it is, how much of the sales is its own, and how it is served.

    Attributes:
        weight: Its share of the sales, of 7,520.
        scans: It scans what arrives; others leave goods in transit until a customer has them.
        faults: Of a hundred machines that its customers use, so many come to repair.
    """

    code: str
    name: str
    province: str
    weight: int
    house: str
    scans: bool = False
    faults: float = 2.3

    def partner(self) -> Partner:
        """Return it as a partner, who may sell in its own province."""
        region = f"{self.province}0000"
        return Partner(code=self.code, name=self.name, kind="dealer", region=region, regions=(region,))


DEALERS = (
    Dealer("D-GD-01", "广东粤泉电器有限公司", "44", 1180, SOUTH, scans=True, faults=3.6),
    Dealer("D-GD-02", "广东南粤净源有限公司", "44", 520, SOUTH, scans=True, faults=3.2),
    Dealer("D-GD-03", "深圳岭海净水工程有限公司", "44", 384, SOUTH, scans=True, faults=3.1),
    Dealer("D-ZJ-01", "浙江清源环境科技有限公司", "33", 940, WAREHOUSE, scans=True, faults=1.6),
    Dealer("D-ZJ-02", "浙江甬江家电有限公司", "33", 604, WAREHOUSE, scans=True, faults=1.6),
    Dealer("D-JS-01", "江苏润泽电器有限公司", "32", 720, WAREHOUSE, scans=True, faults=2.1),
    Dealer("D-JS-02", "苏州澜庭净水有限公司", "32", 438, WAREHOUSE, scans=True, faults=2.0),
    Dealer("D-SD-01", "山东齐水家电有限公司", "37", 724, WAREHOUSE, faults=1.8),
    Dealer("D-SC-01", "四川蜀净水务有限公司", "51", 674, SOUTH, scans=True, faults=3.0),
    Dealer("D-HB-01", "湖北江澄商贸有限公司", "42", 544, WAREHOUSE, faults=2.6),
    Dealer("D-FJ-01", "福建闽澈净水有限公司", "35", 432, SOUTH, faults=1.4),
    Dealer("D-HN-01", "湖南湘净电器有限公司", "43", 60, SOUTH, faults=0.8),
    Dealer("D-JX-01", "江西赣泉贸易有限公司", "36", 50, SOUTH, faults=0.8),
    Dealer("D-AH-01", "安徽皖清环保有限公司", "34", 50, WAREHOUSE, faults=0.8),
    Dealer("D-HA-01", "河南中净家电有限公司", "41", 45, WAREHOUSE, faults=0.8),
    Dealer("D-GX-01", "广西桂源净水有限公司", "45", 40, SOUTH, faults=0.8),
    Dealer("D-HE-01", "河北冀源商贸有限公司", "13", 35, WAREHOUSE, faults=0.8),
    Dealer("D-SN-01", "陕西秦润环境有限公司", "61", 30, WAREHOUSE, faults=0.8),
    Dealer("D-CQ-01", "重庆渝澈电器有限公司", "50", 30, SOUTH, faults=0.8),
    Dealer("D-YN-01", "云南滇泉净水有限公司", "53", 20, SOUTH, faults=0.8),
)
FIRST_DEALER = DEALERS[0]

CITIES: dict[str, tuple[tuple[str, str], ...]] = {
    "44": (("440600", "佛山"), ("440100", "广州"), ("440300", "深圳"), ("441900", "东莞"), ("442000", "中山")),
    "33": (("330100", "杭州"), ("330200", "宁波"), ("330300", "温州"), ("331000", "台州")),
    "32": (("320100", "南京"), ("320500", "苏州"), ("320200", "无锡")),
    "37": (("370100", "济南"), ("370200", "青岛")),
    "51": (("510100", "成都"), ("510700", "绵阳")),
    "42": (("420100", "武汉"), ("420500", "宜昌")),
    "35": (("350100", "福州"), ("350200", "厦门")),
    "43": (("430100", "长沙"), ("430200", "株洲")),
    "36": (("360100", "南昌"),),
    "34": (("340100", "合肥"),),
    "41": (("410100", "郑州"),),
    "45": (("450100", "南宁"), ("450200", "柳州")),
    "13": (("130100", "石家庄"),),
    "61": (("610100", "西安"),),
    "50": (("500100", "重庆"),),
    "53": (("530100", "昆明"),),
}
_SHOPS = ("中心店", "万达店")
_PROJECTS = ("锦湖公寓", "云岸酒店", "育才学校")


def shops(dealer: Dealer) -> list[Partner]:
    """Return the shops of a dealer that scans, each in a city of its province."""
    cities = CITIES[dealer.province][:2]
    return [
        Partner(code=f"{dealer.code}-{number}", name=f"{dealer.name[:4]} · {name}{shop}", kind="store", region=region)
        for number, ((region, name), shop) in enumerate(zip(cities, _SHOPS, strict=False), 1)
        if dealer.scans
    ]


def projects(province: str) -> list[Partner]:
    """Return customers who take many machines at once."""
    region, city = CITIES[province][0]
    return [
        Partner(code=f"K-{province}-{number}", name=f"{city}{name}", kind="customer", region=region)
        for number, name in enumerate(_PROJECTS, 1)
    ]


def partners() -> Iterator[Partner]:
    """Yield every partner but the persons, who come one by one."""
    yield Partner(code=PUMP_SUPPLIER, name="宁波恒涌泵业有限公司", kind="supplier", region="330200")
    yield Partner(code="S-JM", name="天津津膜科技有限公司", kind="supplier", region="120000")
    yield Partner(code="S-YX", name="宁波甬芯电子有限公司", kind="supplier", region="330200")
    yield Partner(code="S-LD", name="东莞隆达电源有限公司", kind="supplier", region="441900")
    yield Partner(code=SCREW_SUPPLIER, name="余姚永坚紧固件有限公司", kind="supplier", region="330200")
    yield Partner(code=ASSEMBLER, name="慈溪德格电器有限公司", kind="subcontractor", region="330200")
    yield Partner(code=FAIR, name="广州水展展位", kind="other", region="440100")
    for dealer in DEALERS:
        yield dealer.partner()
        yield from shops(dealer)
    for province in CITIES:
        yield from projects(province)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who does something with a device at hand."""

    name: str
    device: str

    def actor(self) -> Actor:
        """Return the actor, who may do everything: no role has the right to enter the past."""
        return Actor(self.name, everything=True, device=self.device)


LABELLERS = {"L01": Worker("周强", "L01 标签台"), "L02": Worker("李霞", "L02 标签台")}
ASSEMBLERS = {"L01": Worker("李霞", "工位 L01-04"), "L02": Worker("周强", "工位 L02-04")}
TESTERS = {"L01": Worker("赵静", "终检台 1"), "L02": Worker("赵静", "终检台 2")}
INSPECTOR = Worker("林涛", "质量部")
KEEPERS = {WAREHOUSE: Worker("孙立", "手持 07"), SOUTH: Worker("何勇", "手持 21"), SPARES: Worker("孙立", "手持 09")}
SHIPPERS = {WAREHOUSE: Worker("孙立", "发货台 2"), SOUTH: Worker("何勇", "发货台 1")}
SHOPKEEPER = Worker("梁俊", "经销商终端")
FITTER = Worker("黄志强", "安装师傅")
AGENT = Worker("吴倩", "客服")
REPAIRER = Worker("黄志强", "维修台")

USERS = (
    ("陈敏", "admin"), ("孙立", "keeper"), ("何勇", "keeper"), ("周强", "line"), ("李霞", "line"), ("赵静", "quality"),
    ("林涛", "quality"), ("吴倩", "service"), ("黄志强", "service"), ("梁俊", "service"), ("方圆", "viewer"),
)  # fmt: skip
"""Name and role of every demo user; at least one for each role."""
