"""Places of one name told apart by what else a report says: invented reports of world news, and where each name is."""

from __future__ import annotations

import pytest

from ascribe.resolve.index import Index
from ascribe.resolve.places import Places
from ascribe.schema import Identity, Mention, Report, Span

# (report, the words of the place, its country, latitude, longitude)
CASES: list[tuple[str, str, str | None, float, float]] = [
    ("Clashes broke out in Tripoli, Lebanon, on Friday, the Lebanese army said.", "Tripoli", "LBN", 34.43, 35.84),
    ("Gunmen stormed a ministry in Tripoli, Libya's interior minister said.", "Tripoli", "LBY", 32.88, 13.19),
    ("The Lebanese city of Tripoli was calm after the army moved in.", "Tripoli", "LBN", 34.43, 35.84),
    ("Militias from Misrata and Zawiya advanced on Tripoli.", "Tripoli", "LBY", 32.88, 13.19),
    ("Russian troops crossed into Georgia and took Gori, Tbilisi said.", "Georgia", "GEO", 42.0, 43.5),
    ("Voters in Georgia and Alabama chose governors, officials in Atlanta said.", "Georgia", "USA", 32.75, -83.5),
    ("Washington called on Russia and Georgia to return to talks.", "Georgia", "GEO", 42.0, 43.5),
    ("A factory burned in Paris, Texas, the sheriff said.", "Paris", "USA", 33.66, -95.55),
    ("Ministers of Germany and France met in Paris on Monday.", "Paris", "FRA", 48.86, 2.35),
    ("A tornado hit Lebanon, Ohio, injuring nine.", "Lebanon", "USA", 39.43, -84.2),
    ("Israel struck targets in southern Lebanon.", "Lebanon", "LBN", 33.8, 35.8),
    ("Workers marched in Córdoba, the Argentine union said.", "Córdoba", "ARG", -31.42, -64.18),
    ("The mayor of Córdoba, Spain, opened the bridge.", "Córdoba", "ESP", 37.89, -4.78),
    ("Residents of Cordoba and Seville asked Madrid for water.", "Cordoba", "ESP", 37.89, -4.78),
    ("Costa Rica's president spoke in San José.", "San José", "CRI", 9.93, -84.08),
    ("The Costa Rican government met union leaders in San Jose.", "San Jose", "CRI", 9.93, -84.08),
    ("Police in San Jose, California, arrested two men.", "San Jose", "USA", 37.34, -121.89),
    ("Settlers clashed with residents of Hebron in the West Bank.", "Hebron", "PSE", 31.53, 35.1),
    ("Ships collided in the Sea of Azov.", "Sea of Azov", None, 46.0, 36.5),
    ("A court in Birmingham, Alabama, heard the case.", "Birmingham", "USA", 33.52, -86.8),
    ("Britain's home secretary visited a mosque in Birmingham.", "Birmingham", "GBR", 52.48, -1.9),
    ("Venezuelan opposition leaders marched through Valencia and Maracay.", "Valencia", "VEN", 10.16, -68.0),
    ("Spain's prime minister toured flooded towns near Valencia.", "Valencia", "ESP", 39.47, -0.38),
    ("The Chilean army entered Santiago and Valparaíso.", "Santiago", "CHL", -33.46, -70.65),
    ("In Santiago, Dominican Republic, tobacco workers went on strike.", "Santiago", "DOM", 19.45, -70.7),
    ("Egyptian police fired on protesters in Alexandria and Cairo.", "Alexandria", "EGY", 31.2, 29.92),
    ("A federal court in Alexandria, Virginia, sentenced the spy.", "Alexandria", "USA", 38.8, -77.05),
    ("Pakistani rangers searched Hyderabad and Karachi.", "Hyderabad", "PAK", 25.39, 68.37),
    ("India's prime minister met investors in Hyderabad.", "Hyderabad", "IND", 17.38, 78.46),
    ("Shelling hit villages in Punjab, the Indian army in Amritsar said.", "Punjab", "IND", 31.1, 75.5),
    ("Lahore's mayor asked the Punjab government of Pakistan for aid.", "Punjab", "PAK", 31.0, 72.0),
    ("Taliban fighters took a checkpoint in Kandahar province.", "Kandahar", "AFG", 31.6, 65.7),
    ("The Afghan army retook the village of Sangin in Helmand.", "Sangin", "AFG", 32.07, 64.84),
    ("Kurdish forces held Kobani on the Syrian border with Turkey.", "Kobani", "SYR", 36.89, 38.35),
    ("Barrel bombs fell on Aleppo, Syrian activists said.", "Aleppo", "SYR", 36.2, 37.16),
    ("Boko Haram attacked Maiduguri in Nigeria's Borno state.", "Maiduguri", "NGA", 11.85, 13.16),
    ("The Nigerian town of Chibok was raided at night.", "Chibok", "NGA", 10.87, 12.84),
    ("M23 rebels closed in on Goma and Bukavu in Congo.", "Goma", "COD", -1.68, 29.22),
    ("Somali forces recaptured Merca and Baidoa.", "Merca", "SOM", 1.72, 44.77),
    ("Ukraine said its troops held Bakhmut in Donetsk region.", "Bakhmut", None, 48.59, 38.0),
    ("Missiles hit Odessa, Ukraine's navy said.", "Odessa", "UKR", 46.48, 30.73),
    ("An oil field near Odessa, Texas, was sold.", "Odessa", "USA", 31.85, -102.37),
    ("Russian forces shelled Kharkiv and Sumy.", "Sumy", "UKR", 50.91, 34.8),
    ("St. Petersburg police detained dozens of Russian protesters.", "St. Petersburg", "RUS", 59.94, 30.31),
    ("A storm flooded St. Petersburg and Tampa in Florida.", "St. Petersburg", "USA", 27.77, -82.64),
    ("The UN envoy flew from Sanaa to Aden, the Houthis said.", "Aden", "YEM", 12.78, 45.04),
    ("Mexico's army took over the police of Mérida and Cancún.", "Mérida", "MEX", 20.97, -89.62),
    ("Students in Mérida, Venezuela, threw stones at police.", "Mérida", "VEN", 8.6, -71.14),
    ("Colombia and the FARC signed a truce in Cartagena.", "Cartagena", "COL", 10.4, -75.51),
    ("Spain's navy showed its submarine at Cartagena and Murcia.", "Cartagena", "ESP", 37.6, -0.98),
    ("Peruvian miners blocked the road to Trujillo and Lima.", "Trujillo", "PER", -8.12, -79.03),
    ("Bolivia's president flew from La Paz to Sucre.", "La Paz", "BOL", -16.5, -68.15),
    ("Guyana said that gold was found in Georgetown's district.", "Georgetown", "GUY", 6.8, -58.16),
    ("Malaysian police closed the port of George Town in Penang.", "George Town", "MYS", 5.41, 100.34),
    ("Cambridge, Massachusetts, ended its contract with the firm.", "Cambridge", "USA", 42.37, -71.11),
    ("British students in Cambridge and Oxford went on strike.", "Cambridge", "GBR", 52.2, 0.12),
    ("Australia's defence minister spoke in Perth and Darwin.", "Perth", "AUS", -31.95, 115.86),
    ("Scotland's first minister campaigned in Perth and Dundee.", "Perth", "GBR", 56.4, -3.43),
    ("Canadian police in London, Ontario, charged a man.", "London", "CAN", 42.98, -81.25),
    ("The Iranian foreign minister met his British colleague in London.", "London", "GBR", 51.51, -0.13),
    ("Rwandan troops entered Kivu, Kinshasa said.", "Kivu", "COD", -2.0, 28.5),
    ("Chinese ships shadowed an American destroyer in the Taiwan Strait.", "Taiwan Strait", None, 24.5, 119.5),
    ("The Iraqi army pushed into Mosul from Erbil.", "Mosul", "IRQ", 36.34, 43.12),
    ("Bombs exploded in Basra, Iraq's oil minister said.", "Basra", "IRQ", 30.51, 47.78),
    ("Sudanese fighters left El Fasher in Darfur.", "El Fasher", "SDN", 13.63, 25.35),
    ("Ethiopian troops withdrew from Mekele in Tigray.", "Mekele", "ETH", 13.5, 39.47),
    ("Myanmar's army burned villages near Sittwe in Rakhine.", "Sittwe", "MMR", 20.15, 92.9),
    ("Thai soldiers died in a blast in Pattani and Yala.", "Yala", "THA", 6.54, 101.28),
    ("Moro rebels attacked Marawi on the Philippine island of Mindanao.", "Marawi", "PHL", 8.0, 124.29),
    ("Kyrgyz and Uzbek crowds fought in Osh and Jalal-Abad.", "Osh", "KGZ", 40.53, 72.8),
    ("Serbia recalled its envoy after clashes in Mitrovica, Kosovo.", "Mitrovica", "XKX", 42.89, 20.87),
    ("Greek fishermen were stopped off Lesbos by the Turkish coast guard.", "Lesbos", "GRC", 39.2, 26.3),
    ("Taliban gunmen fired on police in Lashkar Gah.", "Lashkar Gah", "AFG", 31.59, 64.37),
    ("The French army left Gao and Kidal in Mali.", "Gao", "MLI", 16.27, -0.04),
    ("Separatists seized an office in Santa Cruz, Bolivia's largest city.", "Santa Cruz", "BOL", -17.8, -63.2),
    ("Mexican soldiers patrolled León after cartel killings in Guanajuato.", "León", "MEX", 21.1, -101.7),
    ("Nicaraguan students barricaded León and Masaya.", "León", "NIC", 12.4, -86.9),
    ("Police broke up a march in Barcelona, Venezuela.", "Barcelona", "VEN", 10.1, -64.7),
    ("Catalan leaders met in Barcelona.", "Barcelona", "ESP", 41.4, 2.2),
    ("Seychelles' president swore in ministers in Victoria.", "Victoria", "SYC", -4.6, 55.5),
    ("Fires raged across Victoria and New South Wales, Australian officials said.", "Victoria", "AUS", -37.0, 144.5),
    ("Ontario's premier visited the steelworks in Hamilton.", "Hamilton", "CAN", 43.25, -79.85),
    ("New Zealand police shot a man in Hamilton.", "Hamilton", "NZL", -37.8, 175.3),
    ("South African miners in Newcastle, KwaZulu-Natal, walked out.", "Newcastle", "ZAF", -27.75, 29.9),
    ("Australian dockers in Newcastle refused to load coal.", "Newcastle", "AUS", -32.9, 151.8),
    ("Jamaican soldiers entered a district of Kingston.", "Kingston", "JAM", 18.0, -76.8),
    ("Israeli police closed the church in Nazareth.", "Nazareth", "ISR", 32.7, 35.3),
    ("Steelworkers in Bethlehem, Pennsylvania, voted.", "Bethlehem", "USA", 40.6, -75.4),
    ("Palestinians buried a teenager in Bethlehem.", "Bethlehem", "PSE", 31.7, 35.2),
    ("Workers in Salem, Tamil Nadu, downed tools.", "Salem", "IND", 11.65, 78.15),
    ("Rebels shot down a helicopter in Aleppo province.", "Aleppo", "SYR", 36.2, 37.2),
    ("Israeli tanks entered Khan Younis in Gaza.", "Khan Younis", "PSE", 31.3, 34.3),
    ("Islamic State held on to Deir al-Zor, Syrian activists said.", "Deir al-Zor", "SYR", 35.3, 40.1),
    ("Protesters filled the main square of Kiev.", "Kiev", "UKR", 50.45, 30.5),
    ("The junta moved troops into Rangoon.", "Rangoon", "MMR", 16.8, 96.15),
    ("Gunmen attacked hotels in Bombay.", "Bombay", "IND", 19.0, 72.9),
    ("US Marines fought street by street in Falluja.", "Falluja", "IRQ", 33.35, 43.8),
    ("German soldiers in Mazar-i-Sharif came under fire.", "Mazar-i-Sharif", "AFG", 36.7, 67.1),
    ("The Tamil Tigers lost Jaffna to the Sri Lankan army.", "Jaffna", "LKA", 9.67, 80.0),
    ("Philippine marines landed near Zamboanga.", "Zamboanga", "PHL", 6.9, 122.1),
    ("Chad's rebels were halted outside N'Djamena.", "N'Djamena", "TCD", 12.1, 15.05),
    ("South Sudan's army shelled Malakal.", "Malakal", "SSD", 9.5, 31.66),
    ("ADF militants killed villagers near Beni, Congo's army said.", "Beni", "COD", 0.5, 29.5),
    ("Taliban suicide bombers struck Kunduz.", "Kunduz", "AFG", 36.7, 68.9),
    ("Pakistani jets bombed hideouts in Wana, South Waziristan.", "Wana", "PAK", 32.3, 69.6),
    ("Bandits abducted pupils in Niger state, Nigeria.", "Niger", "NGA", 9.9, 5.6),
    ("French troops left Niger after the coup.", "Niger", "NER", 18.0, 9.0),
    ("Macedonia and Greece signed the accord at Lake Prespa.", "Macedonia", "MKD", 41.6, 21.7),
    ("Japanese coast guard vessels sailed from Naha, Okinawa.", "Naha", "JPN", 26.2, 127.7),
    ("North Korea fired a missile from Wonsan.", "Wonsan", "PRK", 39.2, 127.4),
    ("Soldiers opened fire in Conakry, Guinea.", "Conakry", "GIN", 9.6, -13.6),
    ("Rebels shot at a train near Guwahati in Assam.", "Guwahati", "IND", 26.2, 91.75),
    ("A car bomb exploded in Benghazi.", "Benghazi", "LBY", 32.1, 20.1),
    ("Iran seized a tanker in the Strait of Hormuz.", "Strait of Hormuz", None, 26.5, 56.5),
    ("A drone crashed in the Black Sea off Romania.", "Black Sea", None, 43.4, 34.3),
    ("Dutch police cleared a camp in The Hague.", "The Hague", "NLD", 52.1, 4.3),
    ("Burundi's army killed rebels in Cibitoke.", "Cibitoke", "BDI", -2.9, 29.1),
    ("Soldiers guarded banks in Concepción after Chile's earthquake.", "Concepción", "CHL", -36.8, -73.0),
    ("Paraguayan guerrillas kidnapped a rancher near Concepción.", "Concepción", "PRY", -23.4, -57.4),
    ("Al-Shabaab took the port of Kismayo.", "Kismayo", "SOM", -0.36, 42.5),
    ("Kenyan police fired tear gas in Kisumu and Nairobi.", "Kisumu", "KEN", -0.1, 34.75),
    ("Farmers blocked roads near Rosario, Argentina.", "Rosario", "ARG", -32.95, -60.65),
    ("Dozens drowned off Lampedusa, Italy's coast guard said.", "Lampedusa", "ITA", 35.5, 12.6),
    ("Zimbabwe's opposition met in Bulawayo.", "Bulawayo", "ZWE", -20.15, 28.6),
    ("A court in Vladivostok jailed the activist.", "Vladivostok", "RUS", 43.1, 131.9),
    ("Police in Manchester, New Hampshire, fired shots.", "Manchester", "USA", 43.0, -71.45),
    ("Police arrested the bomber's brother in Manchester.", "Manchester", "GBR", 53.5, -2.2),
    ("The Guatemalan army left Nebaj.", "Nebaj", "GTM", 15.4, -91.15),
    ("Washington state's attorney general sued in Seattle.", "Washington", "USA", 47.5, -120.5),
    ("The secretary of state returned to Washington from Moscow.", "Washington", "USA", 38.9, -77.0),
    ("Turkish jets hit camps in the Qandil mountains.", "Qandil", None, 36.5, 44.9),
    ("The army crossed the Dnipro River near Kherson.", "Dnipro River", None, 48.0, 35.2),
]  # fmt: skip

CONTESTED = [
    ("Indian police fired on a march in Srinagar.", "Srinagar", "kashmir"),
    ("Rebels crossed the line in Kashmir, the Indian army said.", "Kashmir", "kashmir"),
    ("Pakistan's army said shells hit Muzaffarabad.", "Muzaffarabad", "kashmir"),
    ("Russian ships left Sevastopol, Kyiv said.", "Sevastopol", "crimea"),
    ("A bridge to Kerch was closed, the Russian governor said.", "Kerch", "crimea"),
    ("The Polisario said that a convoy left Laayoune.", "Laayoune", "western-sahara"),
    ("Israeli soldiers entered Nablus and Jenin.", "Jenin", "palestine"),
    ("The OSCE mission visited Tiraspol.", "Tiraspol", "transnistria"),
    ("Rockets fell on Majdal Shams, the Israeli army said.", "Majdal Shams", "golan"),
    ("Clashes erupted in Sukhumi, Abkhazia.", "Sukhumi", "abkhazia"),
    ("South Korean marines on Yeonpyeong returned fire.", "Yeonpyeong", "northwest-islands"),
]

UNKNOWN = [
    ("A fire broke out in Springfield.", "Springfield"),
    ("The talks were held at Heathcliff Manor.", "Heathcliff Manor"),
    ("A body was found on Cleveland Drive.", "Cleveland Drive"),
    ("Soldiers crossed the Blackwater River.", "Blackwater River"),
    ("He spoke of the valley of Zzyzxland.", "Zzyzxland"),
]


def locate(text: str, words: str) -> Identity:
    span = Span(text.index(words), text.index(words) + len(words))
    return Places(Index(Report("r", text)), [span]).locate("s", Mention(words, span))


@pytest.mark.parametrize(("text", "words", "country", "lat", "lon"), CASES, ids=[case[0][:50] for case in CASES])
def test_what_else_is_said_tells_places_apart(text: str, words: str, country: str | None, lat: float, lon: float) -> None:
    found = locate(text, words)
    assert found.country == country, found.because
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1.5), pytest.approx(lon, abs=1.5)), found.because
    assert found.because


@pytest.mark.parametrize(("text", "words", "dispute"), CONTESTED, ids=[case[1] for case in CONTESTED])
def test_a_contested_place_gives_its_dispute(text: str, words: str, dispute: str) -> None:
    found = locate(text, words)
    assert found.dispute == dispute
    assert found.lat is not None


@pytest.mark.parametrize(("text", "words"), UNKNOWN, ids=[case[1] for case in UNKNOWN])
def test_what_no_table_has_is_unknown(text: str, words: str) -> None:
    found = locate(text, words)
    assert (found.entity, found.lat, found.lon, found.score) == (None, None, None, 0.0)
    assert found.because
