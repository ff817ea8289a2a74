"""Is it about arms transfers: invented headlines in nine languages, whole articles, and floors on labelled texts."""

import json
import time
from pathlib import Path

import pytest

from pipelines.claims.relevance import judge_relevance

GOLD = Path(__file__).parents[2] / "shared" / "gold"
TRANSFERS = (
    ("en", "Sweden hands Estonia its first twelve Archer howitzers"),
    ("en", "Manila signs for three Korean frigates worth $900 million"),
    ("en", "Parliament in Oslo votes to end weapons exports to the Gulf"),
    ("en", "Customs officers find crates of rifles bound for Sudan aboard freighter"),
    ("en", "Chile weighs offer of surplus Dutch minehunters"),
    ("en", "Washington clears possible sale of Apache helicopters to Morocco"),
    ("en", "Kenya receives armoured vehicles from Turkey"),
    ("en", "India and France close in on Rafale deal"),
    ("en", "Egypt denies it plans to supply rockets to Russia"),
    ("en", "Peru shortlists three bidders for new fighter aircraft"),
    ("en", "Who sells weapons to the Sudanese army?"),
    ("en", "Belgium blocks licence for gunpowder shipment to Saudi Arabia"),
    ("en", "Global arms imports rose by a tenth, think tank says"),
    ("en", "Lithuania orders Leopard 2 tanks from KNDS"),
    ("en", "Azerbaijan takes delivery of Chinese HQ-9 air defence batteries"),
    ("en", "Serbia buys Israeli drones"),
    ("en", "Iran smuggled missile parts to Houthi fighters, UN panel finds"),
    ("en", "South Africa halts ammunition exports to Poland over end-user certificates"),
    ("en", "Canada pledges another $300 million in military aid for Ukraine"),
    ("en", "Philippines wants more BrahMos missiles from India"),
    ("en", "Argentina's F-16s land in Cordoba after handover by Denmark"),
    ("en", "Congress puts hold on bombs for Israel"),
    ("en", "Turkish drone maker Baykar to build plant in Morocco"),
    ("es", "España autoriza la exportación de munición a Israel"),
    ("es", "Chile compra misiles antitanque a Israel por 40 millones de dólares"),
    ("es", "Colombia elige el Gripen sueco para renovar su flota de cazas"),
    ("es", "Estados Unidos dona helicópteros a Ecuador"),
    ("es", "Perú recibe blindados surcoreanos"),
    ("es", "Bélgica suspende la venta de armas a Arabia Saudí"),
    ("es", "Argentina negocia la compra de submarinos franceses"),
    ("es", "Interceptan un cargamento de armas iraníes con destino a Yemen"),
    ("ru", "Индия закупит у России дополнительные комплексы С-400"),
    ("ru", "Германия передаст Украине гаубицы"),
    ("ru", "США одобрили продажу Тайваню ракет"),
    ("ru", "Сербия получила китайские зенитные комплексы"),
    ("ru", "Рособоронэкспорт подписал контракт на поставку вертолетов в Малайзию"),
    ("ru", "Нидерланды приостановили экспорт оружия в Израиль"),
    ("ru", "Азербайджан приобретет пакистанские истребители"),
    ("ru", "Вьетнам ведет переговоры о покупке самолетов Су-35"),
    ("fr", "La France livre trois frégates à la Grèce"),
    ("fr", "L'Indonésie commande 42 Rafale"),
    ("fr", "La Belgique refuse une licence d'exportation d'armes vers Israël"),
    ("fr", "Le Maroc achète des drones turcs"),
    ("fr", "Paris promet de nouveaux missiles à Kiev"),
    ("fr", "Le Sénégal reçoit des véhicules blindés offerts par les États-Unis"),
    ("de", "Deutschland liefert der Ukraine weitere Patriot-Systeme"),
    ("de", "Schweiz verbietet Weitergabe von Munition an die Ukraine"),
    ("de", "Bundesregierung genehmigt Rüstungsexporte nach Saudi-Arabien"),
    ("de", "Norwegen bestellt deutsche U-Boote"),
    ("de", "Ungarn kauft Schützenpanzer von Rheinmetall"),
    ("de", "Italien verkauft Fregatten an Indonesien"),
    ("tr", "Türkiye, Endonezya'ya 48 KAAN savaş uçağı satacak"),
    ("tr", "ABD Kongresi F-16 satışını onayladı"),
    ("tr", "Azerbaycan İsrail'den füze aldı"),
    ("tr", "Kanada, Türkiye'ye silah ambargosunu kaldırdı"),
    ("tr", "Baykar, Polonya'ya SİHA teslimatını tamamladı"),
    ("pt", "Brasil compra helicópteros dos Estados Unidos"),
    ("pt", "Portugal envia carros de combate Leopard 2 para a Ucrânia"),
    ("pt", "Embraer vende cinco aviões KC-390 à Holanda"),
    ("pt", "Alemanha suspende exportações de armas para Israel"),
    ("uk", "Данія передасть Україні винищувачі F-16"),
    ("uk", "США схвалили продаж ракет Польщі"),
    ("uk", "Чехія замовила шведські бронемашини CV90"),
    ("uk", "Німеччина призупинила експорт зброї до Ізраїлю"),
    ("ar", "مصر تتسلم مقاتلات رافال من فرنسا"),
    ("ar", "ألمانيا تعلق صادرات الأسلحة إلى إسرائيل"),
    ("ar", "واشنطن توافق على بيع صواريخ للسعودية"),
    ("ar", "المغرب يشتري طائرات مسيرة تركية"),
    ("en", "The U.S. will provide Ukraine with cluster munitions, a divisive weapon"),
    ("en", "The European Union agrees to lift its arms embargo on Syrian rebels."),
    ("en", "The German government allows Danish-owned Leopard 1s to go to Kyiv"),
    ("en", "Spain cancels a contract to buy bullets from an Israeli company"),
    ("en", "Why won't Israel give Ukraine Iron Dome?"),
    ("en", "Slovakia donates its entire MiG fleet to its neighbour"),
    ("en", "Protesters block ship said to carry weapons to Israel at Greek port"),
    ("en", "What Are ATACMS and Why Does Ukraine Want Them?"),
    ("en", "Japan eases rules to let it export lethal weapons"),
    ("en", "North Korea denies shipping artillery shells to Russia"),
    ("en", "Russia completes delivery of S-400 system to China"),
    ("en", "Kuwait takes delivery of first two Eurofighter Typhoons"),
    ("en", "Royal Thai Army receives additional VT4 main battle tanks"),
    ("en", "Indonesia signs for Turkish drones"),
    ("en", "Senate rejects bid to stop bomb sales to Israel"),
    ("en", "Swiss government vetoes Danish request to re-export Piranha vehicles to Ukraine"),
    ("en", "Iran supplied ballistic missiles to Russia, sources say"),
    ("en", "Court hears case over F-35 parts for Israel"),
    ("en", "US soldier's rifle found on black market in Mexico after smuggling from Texas"),
    ("en", "Australia to buy nuclear-powered submarines from US under Aukus pact"),
    ("en", "Pentagon to send $400 million in weapons from its stockpile"),
    ("en", "Ukraine's air force gets its first F-16s"),
    ("en", "Nigeria orders 24 M-346 jets from Leonardo"),
    ("en", "Hungary refuses to let arms for Ukraine transit its territory"),
    ("en", "China sanctions US defence firms over Taiwan arms deal"),
    ("es", "La Armada del Perú negocia con Corea del Sur la construcción de fragatas"),
    ("es", "Ejército de Chile recibe camiones tácticos donados por Estados Unidos"),
    ("es", "Airbus entrega el primer C295 a la Fuerza Aérea de Paraguay"),
    ("es", "Brasil ofrece a Argentina sus blindados Guaraní"),
    ("es", "España enviará carros Leopard a Ucrania"),
    ("es", "Indra suministrará radares a la Fuerza Aérea de Omán"),
    ("ru", "Индонезия подписала контракт на 11 истребителей Су-35"),
    ("ru", "Турция получит второй полк С-400"),
    ("ru", "Лондон пообещал Киеву танки Challenger 2"),
    ("ru", "США разрешат Польше передать Украине МиГ-29"),
    ("ru", "Эрдоган: Турция не откажется от российских ЗРК"),
    ("fr", "Berlin autorise la livraison de chars à Kiev"),
    ("fr", "L'Égypte commande trente Rafale supplémentaires"),
    ("fr", "Washington approuve la vente de missiles à Taïwan"),
    ("fr", "L'Arménie va recevoir des radars français"),
    ("tr", "Almanya'dan Türkiye'ye Eurofighter onayı"),
    ("tr", "Bayraktar TB2'ler Ukrayna'ya teslim edildi"),
    ("tr", "İspanya, HÜRJET için Türkiye ile anlaştı"),
    ("en", "Allies split over sending warplanes to Kyiv"),
    ("en", "US quietly shipped ATACMS to Ukraine"),
    ("en", "U.S. Is Said to Delay Delivery of Precision-Guided Munitions"),
    ("en", "Saudi Arabia agrees to purchase THAAD from the United States for $15 billion."),
    ("en", "Germany halts arms deals with Riyadh over Khashoggi killing"),
    ("en", "The United Nations Security Council extends the arms embargo on South Sudan."),
    ("en", "Ukraine to Receive Bradley Fighting Vehicles, Biden Says"),
    ("en", "Boeing wins approval to sell Chinooks to Germany"),
    ("en", "Malaysia picks Korean FA-50 for light combat programme"),
    ("en", "Croatian Air Force receives first Rafale"),
    ("en", "Pakistan and Saudi near deal to convert loans into JF-17 jets"),
    ("en", "Greece says no to sending its S-300s to Ukraine"),
    ("en", "Sweden to export RBS 70 to the Czech Republic"),
    ("en", "Weapons used in Sudan's war traced to the Emirates, Amnesty says"),
    ("en", "Labor under pressure over exports of F-35 components"),
    ("en", "Turkey receives second shipment of Russian missile defence system"),
    ("en", "Lawmakers urge White House to speed up Taiwan's Harpoons"),
    ("es", "Marruecos recibirá helicópteros Apache"),
    ("es", "Uruguay compra patrulleras a España"),
    ("es", "Alemania entrega tanques Gepard a Ucrania"),
    ("es", "Israel vende radares a la República Checa"),
    ("es", "El Congreso de EE UU bloquea la venta de F-16 a Turquía"),
    ("ru", "Армения получила индийские РСЗО Pinaka"),
    ("ru", "Бельгия передаст Киеву пулеметы"),
    ("ru", "Госдеп одобрил продажу Японии крылатых ракет"),
    ("ru", "Алжир закупил российские Су-57"),
    ("ru", "Германия ослабит запрет на экспорт оружия Эр-Рияду"),
    ("fr", "La Croatie choisit le Rafale"),
    ("fr", "La France va fournir des Mirage 2000 à l'Ukraine"),
    ("fr", "L'Espagne annule un achat de munitions israéliennes"),
    ("tr", "ABD, Türkiye'ye F-16 satışına onay verdi"),
    ("tr", "Somali'ye askeri helikopter desteği: Türkiye teslim etti"),
)
# Drills, fights, crime, budgets, own industry, other goods, other meanings.
OTHER_NEWS = (
    ("en", "German army orders 50 more Puma fighting vehicles from Rheinmetall"),
    ("en", "Royal Navy submarine returns to Faslane after patrol"),
    ("en", "Houthi missile hits tanker in the Red Sea"),
    ("en", "Police seize rifles and cocaine in Marseille raid"),
    ("en", "Two dead as helicopter crashes near Oslo"),
    ("en", "China deploys warships around Taiwan"),
    ("en", "NATO jets scrambled over Baltic after Russian drones enter airspace"),
    ("en", "Ministers clash over defence budget"),
    ("en", "Arms race in artificial intelligence heats up, Google says"),
    ("en", "Shares in chip designer Arm jump after Nvidia order"),
    ("en", "Surgeons reattach both arms of factory worker"),
    ("en", "Ukraine exports more grain to Egypt despite attacks"),
    ("en", "Russia delivers fuel to Cuba as blackouts continue"),
    ("en", "Gunman opened fire with assault rifle at school in Ohio, police say"),
    ("en", "North Korea test-fires ballistic missile into sea"),
    ("en", "Tank Battle 3 game gets a console release in Japan"),
    ("en", "Israeli jets strike targets in southern Lebanon"),
    ("en", "Japan launches its newest frigate at Nagasaki"),
    ("en", "Indian Air Force inducts second Tejas squadron"),
    ("en", "France sends rescue teams to Turkey after earthquake"),
    ("en", "Germany sends vaccine doses to Namibia"),
    ("en", "Think tank warns of recession"),
    ("en", "Jury convicts man of selling stolen guns in Texas"),
    ("en", "Poland holds largest tank exercise since the Cold War"),
    ("en", "UK sends warship to Guyana amid border row"),
    ("en", "Turkey prices rise before Thanksgiving in Georgia"),
    ("en", "Football club buys striker from Brazil in record deal"),
    ("en", "Museum restores rare Panzer from the second world war"),
    ("en", "Drone delivery of parcels begins in Texas"),
    ("en", "Soldiers killed in rocket attack on base in Iraq"),
    ("es", "Dos muertos en un tiroteo con fusiles en Guayaquil"),
    ("es", "La Armada de Chile realiza ejercicios con sus fragatas"),
    ("es", "El Gobierno aprueba los presupuestos de Defensa"),
    ("es", "Temporada de caza: los agricultores piden licencias"),
    ("es", "Rusia envía trigo a Venezuela"),
    ("es", "Navantia bota una fragata para la Armada española"),
    ("es", "La carrera de armamentos espacial"),
    ("ru", "В Подмосковье прошли учения с участием танков"),
    ("ru", "Российские истребители сопроводили бомбардировщики над Балтикой"),
    ("ru", "Минобороны получило новую партию танков Т-90М от Уралвагонзавода"),
    ("ru", "Россия поставила зерно в Египет"),
    ("ru", "Полиция изъяла пистолет у жителя Казани"),
    ("ru", "ПВО сбила 20 беспилотников над Брянской областью"),
    ("ru", "Бюджет на оборону вырастет"),
    ("ru", "Гонка вооружений в космосе"),
    ("fr", "Fusillade à Marseille : deux morts, un fusil retrouvé"),
    ("fr", "La Marine nationale reçoit son nouveau sous-marin Duguay-Trouin"),
    ("fr", "Un drone s'écrase près de l'aéroport de Lyon"),
    ("fr", "La course aux armements inquiète les économistes"),
    ("fr", "La France envoie du blé au Liban"),
    ("fr", "Exercice militaire franco-allemand avec des chars"),
    ("de", "Bundeswehr übt mit Kampfpanzern in der Lüneburger Heide"),
    ("de", "Schüsse in Hamburg: Polizei sucht Täter mit Waffe"),
    ("de", "Russische Raketen treffen Charkiw, drei Tote"),
    ("de", "Wettrüsten im All"),
    ("de", "Ukraine exportiert Getreide nach Spanien"),
    ("de", "Bundestag beschließt Haushalt für Verteidigung"),
    ("tr", "TSK'nın tatbikatında tanklar görev aldı"),
    ("tr", "Polis baskınında iki tüfek ele geçirildi"),
    ("tr", "Yerli füze denemesi başarıyla tamamlandı"),
    ("tr", "Rusya Mısır'a tahıl gönderdi"),
    ("tr", "Silahlı kavgada üç kişi yaralandı"),
    ("pt", "Polícia apreende fuzis no Rio de Janeiro"),
    ("pt", "Exército realiza exercício com blindados no Sul"),
    ("pt", "Brasil exporta soja para a China"),
    ("pt", "Dois mortos em ataque com drone na fronteira"),
    ("uk", "Росія атакувала Харків ракетами, троє загинули"),
    ("uk", "Сили ППО збили 15 дронів"),
    ("uk", "Україна експортувала зерно до Єгипту"),
    ("uk", "Поліція вилучила гранату у мешканця Одеси"),
    ("ar", "مقتل ثلاثة في غارة جوية على صنعاء"),
    ("ar", "مناورات عسكرية بالدبابات في الصحراء"),
    ("ar", "روسيا تصدر القمح إلى مصر"),
    ("ar", "الشرطة تضبط مسدسا في القاهرة"),
    ("en", "Ukraine Is Struggling to Defend Bakhmut, Officials Say"),
    ("en", "Russian missiles strike apartment building in Dnipro"),
    ("en", "US F-22 shoots down Chinese balloon off Carolina coast"),
    ("en", "The Turkish Army launches an offensive against Kurdish fighters in Afrin, Syria."),
    ("en", "North Korea fires two ballistic missiles toward the Sea of Japan."),
    ("en", "Royal Navy's new Type 26 frigate begins sea trials"),
    ("en", "India successfully tests Agni-V missile"),
    ("en", "US Army awards Oshkosh contract for JLTVs"),
    ("en", "Chinese carrier Shandong sails through Taiwan Strait"),
    ("en", "At least 12 people are killed in a suicide bombing in Kabul."),
    ("en", "Man charged after illegal guns found in Sydney home"),
    ("en", "Biden signs gun safety bill into law"),
    ("en", "Pilot killed in F-16 crash in South Korea"),
    ("en", "Netanyahu vows to press on with war as Rafah strikes kill dozens"),
    ("en", "Putin suspends nuclear arms treaty with US"),
    ("en", "U.S. lawmakers grill TikTok chief over China ties"),
    ("en", "France to raise military spending by a third"),
    ("en", "Taiwan conducts live-fire drills with HIMARS"),
    ("en", "Germany's defence minister resigns"),
    ("en", "Israel intercepts Iranian drones over Syria"),
    ("en", "British troops to train Ukrainian pilots"),
    ("en", "EU agrees to cap price of Russian oil"),
    ("en", "Wagner mercenaries recruit in Russian prisons"),
    ("en", "Stoltenberg visits Kyiv as fighting rages"),
    ("en", "Rolls-Royce names new chief executive"),
    ("en", "Two Russian Tu-95 bombers fly near Alaska, NORAD says"),
    ("en", "Raytheon tests new radar for Patriot"),
    ("en", "Venezuela and Guyana agree not to use force in border dispute"),
    ("es", "La Fuerza Aérea de Chile participa en el ejercicio Salitre con sus F-16"),
    ("es", "El Ejército del Aire celebra el día de su patrona"),
    ("es", "Detenido un hombre con tres armas de fuego en Valencia"),
    ("es", "La Armada recibe el submarino S-81 Isaac Peral"),
    ("es", "Incautan drogas y armas en una vivienda de Cali"),
    ("ru", "Новый корвет Тихоокеанского флота вышел на испытания"),
    ("ru", "Су-34 потерпел крушение под Воронежем"),
    ("ru", "Минобороны показало кадры работы расчетов «Града»"),
    ("ru", "Военные США провели стрельбы в Южной Корее"),
    ("ru", "Сирийская армия освободила Пальмиру"),
    ("fr", "Un avion russe abattu au-dessus de la mer Noire"),
    ("fr", "La France déploie le porte-avions Charles-de-Gaulle en Méditerranée"),
    ("tr", "Rusya, Ukrayna'nın enerji altyapısını füzelerle vurdu"),
    ("tr", "Milli muharip uçak KAAN ilk uçuşunu yaptı"),
    ("en", "Zelensky fires defence minister"),
    ("en", "Iran unveils new hypersonic missile"),
    ("en", "Houthis claim attack on US destroyer"),
    ("en", "Suspected drone strike in Moscow damages two buildings"),
    ("en", "Philippines, US stage biggest war games in South China Sea"),
    ("en", "U.S. Navy Christens Its Newest Submarine"),
    ("en", "Gun sales surge in US after election"),
    ("en", "Police in Sweden find explosives in apartment"),
    ("en", "Sudan army shells Khartoum suburb, killing 20"),
    ("en", "A Russian Su-25 fighter jet crashes near the Ukrainian border."),
    ("en", "Taliban parade captured American vehicles"),
    ("en", "Ukraine says it destroyed three Russian S-400 launchers in Crimea"),
    ("en", "Israel approves 2024 war budget"),
    ("en", "South Korean prosecutors arrest former spy chief"),
    ("en", "Chinese fighter jets cross Taiwan Strait median line"),
    ("en", "Lebanon's army deploys along the border"),
    ("en", "Norway reopens base to counter Russian submarines"),
    ("en", "US to station tank battalion in Lithuania"),
    ("en", "Indian Navy commissions homegrown carrier Vikrant"),
    ("en", "Ten killed as tanker truck explodes in Nigeria"),
    ("en", "Armed gang robs jewellery store in Paris"),
    ("en", "Spanish police break up drug gang with submarine"),
    ("en", "Oil tanker seized by Iran in Gulf of Oman"),
    ("en", "Russian court jails American for 12 years"),
    ("en", "Japan scrambles jets after Russian planes near Hokkaido"),
    ("en", "Bolivia's president visits Beijing to talk trade"),
    ("es", "Un caza F-18 se estrella en Zaragoza"),
    ("es", "La Armada española incorpora un nuevo buque de asalto a las maniobras"),
    ("es", "Hallan un arsenal en casa de un narco en Rosario"),
    ("ru", "В Сирии упал российский вертолет"),
    ("ru", "Путин поздравил ракетчиков с праздником"),
    ("ru", "В Индии испытали баллистическую ракету"),
    ("ru", "Экипажи Су-30 отработали воздушный бой в Карелии"),
    ("fr", "Des missiles russes frappent Odessa"),
    ("fr", "Un soldat français tué au Mali"),
    ("tr", "Suriye'de hava saldırısı: 12 ölü"),
)
DULL = "The council met on Tuesday to talk about the new bus lanes, and the mayor said work would begin in spring. "


def is_relevant(headline: str | None, lead: str | None = None, text: str = "", language: str | None = "en") -> bool:
    return judge_relevance(headline, lead, text, language).is_relevant


@pytest.mark.parametrize(("language", "headline"), TRANSFERS)
def test_transfer(language, headline):
    assert is_relevant(headline, language=language)


@pytest.mark.parametrize(("language", "headline"), OTHER_NEWS)
def test_other_news(language, headline):
    assert not is_relevant(headline, language=language)


@pytest.mark.parametrize("language", [None, "it", "en-GB"])
def test_language_unknown_or_other(language):
    assert is_relevant("Norway sends 20 tanks to Ukraine", language=language)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("en", "Zelensky in Berlin to press Scholz on Taurus missiles"),  # who governs stands for a state
        ("en", "Rabat's new Chinese rifles worry its neighbours, Madrid says"),  # no verb, but whose make they are
        ("en", "Labour MPs question exports of helicopter parts"),  # an export crosses a border by itself
        ("tr", "ABD'den Polonya'ya 250 Abrams tankı"),  # the case ending stands before the arms
        ("fr", "La France envoie à l'Estonie des missiles Mistral"),  # an article cut short before a vowel
    ],
)
def test_signs_of_a_transfer(language, headline):
    assert is_relevant(headline, language=language)


@pytest.mark.parametrize(
    "headline",
    [
        "Spanish commandos fly to Latvia with tiny drones",  # who goes there takes them along
        "Fincantieri to build patrol vessels for Italian Navy",  # for its own
        "Polish troops drive tanks past the border",  # two names, nothing done
        "India's defence ministry orders 97 Tejas from Hindustan Aeronautics",
    ],
)
def test_signs_of_other_news(headline):
    assert not is_relevant(headline)


def test_lead_alone_can_tell():
    assert is_relevant("Your evening briefing", "Denmark will deliver 19 fighter jets to Argentina.")


def test_passing_mention_in_a_long_article_is_not_enough():
    passing = "Last year the government approved arms sales to Chile. "
    assert not is_relevant("New bus lanes for the old town", DULL, DULL * 20 + passing + DULL * 20)


def test_body_full_of_transfers_is_enough():
    told = "Norway delivered 12 howitzers to Ukraine in May. Sweden sold Brazil 36 fighter jets under a contract. "
    assert is_relevant("A quiet year ends", DULL, told * 8)


def test_decomposed_letters_read_the_same():
    assert is_relevant("El Salvador compra helico\u0301pteros a Espan\u0303a", language="es")


def test_no_word_for_arms_costs_no_score():
    judged = judge_relevance("New bus lanes", None, DULL, "en")
    assert (judged.score, judged.reasons) == (0.0, ("no word for arms",))


def test_reasons_can_be_read():
    reasons = judge_relevance("Norway sends 20 tanks to Ukraine", None, "", "en").reasons
    assert any(reason.startswith("arms beside a verb of transfer") for reason in reasons)
    assert any(reason.startswith("two states") for reason in reasons)


def test_hostile_text_is_linear():
    started = time.process_time()
    judge_relevance("tanks to Chile " * 10_000, None, "sells tanks to Chile " * 40_000, "en")
    assert time.process_time() - started < 10


def gold(name: str) -> list[dict]:
    path = GOLD / name
    if not path.exists():
        pytest.skip(f"labelled texts are not here: ../shared/gold/{name}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_floor_on_labelled_headlines():
    rows = gold("relevance_dev.jsonl")
    judged = [is_relevant(row["headline"], row["first_sentence"], "", row["language"]) for row in rows]
    hits = sum(found and row["relevant"] for found, row in zip(judged, rows, strict=True))
    assert hits / sum(row["relevant"] for row in rows) >= 0.90
    assert 2 * hits / (sum(judged) + sum(row["relevant"] for row in rows)) >= 0.92


def test_floor_on_passages_with_claims():
    rows = [row for row in gold("claims_dev.jsonl") if row["claims"]]
    assert sum(is_relevant(None, None, row["text"], row["language"]) for row in rows) / len(rows) >= 0.85
