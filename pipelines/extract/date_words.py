"""Names of months and zones in the languages of our sources."""

_MONTHS = {
    1: "january jan january. enero ene janvier janv janeiro januar jänner jän gennaio gen января янв"
    " січня ocak oca januari styczeń stycznia"
    " يناير كانون\u00a0الثاني جانفي leden ledna",
    2: "february feb febr febrero février févr fevrier fevereiro fev februar febbraio февраля фев"
    " лютого şubat şub subat februari luty lutego"
    " فبراير شباط فيفري únor února",
    3: "march mar marzo mars março marco märz mär mrz maerz марта мар березня mart maart marzec"
    " marca مارس آذار březen března",
    4: "april apr abril abr avril avr aprile апреля апр квітня nisan nis kwiecień kwietnia أبريل"
    " ابريل نيسان أفريل duben dubna",
    5: "may mayo mai maio mag maggio мая май травня mayıs mayis mei maj maja مايو أيار ماي květen května",
    6: "june jun junio juin junho juni giugno giu июня июн червня haziran haz czerwiec czerwca يونيو"
    " حزيران جوان červen června",
    7: "july jul julio juillet juil julho juli luglio lug июля июл липня temmuz tem lipiec lipca"
    " يوليو تموز جويلية červenec července",
    8: "august aug agosto ago août aout ağustos ağu agustos августа авг серпня augustus sierpień"
    " sierpnia أغسطس اغسطس آب أوت srpen srpna",
    9: "september sep sept septiembre septembre setembro set settembre сентября сен сент вересня"
    " eylül eyl eylul wrzesień września"
    " سبتمبر أيلول září",
    10: "october oct octubre octobre outubro out oktober okt ottobre ott октября окт жовтня ekim eki"
    " październik października"
    " أكتوبر اكتوبر říjen října",
    11: "november nov noviembre novembre novembro ноября ноя листопада kasım kas kasim listopad"
    " listopada نوفمبر listopadu",
    12: "december dec diciembre dic décembre déc decembre dezembro dez dezember dicembre декабря дек"
    " грудня aralık ara aralik desember"
    " grudzień grudnia ديسمبر prosinec prosince",
}
MONTHS: dict[str, int] = {name: number for number, names in _MONTHS.items() for name in names.split(" ") if name}
MONTHS.update({"كانون الثاني": 1, "كانون الأول": 12, "تشرين الأول": 10, "تشرين الثاني": 11})

# Fixed offsets in minutes; names that mean several zones (IST, CST, AST) are left out: unknown stays unknown.
OFFSETS: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180,
    "мск": 180, "trt": 180, "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720,
}  # fmt: skip
# Names that follow summer time by themselves.
PLACES: dict[str, str] = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "pt": "America/Los_Angeles",
    "bst": "Europe/London",
}
