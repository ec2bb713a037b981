"""Each format of event data: its columns as published, what becomes of a statement, what is left out, what comes back."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anything import records
from factories import identity, mention, record, report, source, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.data import rows
from ascribe.schema import EVENTS, SECTORS, Record
from ascribe.view.exports import NAMES, READABLE, Format, cameo, format_of
from ascribe.view.exports.events import columns_of
from ascribe.view.exports.gdelt import number_of

SHARED = Path(os.environ.get("ASCRIBE_SHARED", Path(__file__).parents[3] / "shared")) / "data"
COLUMNS = {
    "acled": "acled_columns.csv",
    "gdelt": "gdelt2_events_columns.csv",
    "gdelt-mentions": "gdelt2_mentions_columns.csv",
    "icews": "icews_columns.csv",
    "petrarch": "petrarch2_output_columns.csv",
    "phoenix": "phoenix_columns.csv",
    "polecat": "polecat_columns.csv",
}
HEADED = ("polecat", "icews", "phoenix", "acled")
NUMBER = {"acled": 31, "gdelt": 61, "gdelt-mentions": 16, "icews": 20, "petrarch": 13, "phoenix": 26, "polecat": 40}
ROWS = tuple(NUMBER)
EVENT_FORMATS = (*ROWS, "plover", "ftm")


def written(format: str, *made: Record) -> tuple[bytes, dict[str, int]]:
    out = io.BytesIO()
    left = format_of(format).write(made, out)
    return out.getvalue(), dict(left)


def table(format: str, *made: Record) -> list[dict[str, str]]:
    text = written(format, *made)[0].decode()
    columns = columns_of(format)
    if format in HEADED:
        delimiter = "," if format in ("phoenix", "acled") else "\t"
        head, *cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        assert head == list(columns)
    else:
        cells = [line.split("\t") for line in text.split("\n")[:-1]]
    assert all(len(row) == len(columns) for row in cells)
    return [dict(zip(columns, row, strict=True)) for row in cells]


# ---- the published columns ----


@pytest.mark.parametrize("format", ROWS)
def test_columns_are_as_many_as_were_published(format: str) -> None:
    assert len(columns_of(format)) == NUMBER[format]
    assert [int(row["position"]) for row in rows("export_columns") if row["format"] == format] == list(
        range(1, NUMBER[format] + 1)
    )


@pytest.mark.parametrize("format", ROWS)
def test_columns_are_those_of_the_published_list(format: str) -> None:
    path = SHARED / "formats" / COLUMNS[format]
    if not path.is_file():
        pytest.skip(f"the published list {path.name} is not here (ASCRIBE_SHARED)")
    with path.open(encoding="utf-8") as lines:
        published = [row["column"].split(" (")[0] for row in csv.DictReader(lines)]
    assert list(columns_of(format)) == published


def test_fields_of_plover_are_those_of_the_published_list() -> None:
    path = SHARED / "formats" / "plover_json_fields.csv"
    if not path.is_file():
        pytest.skip(f"the published list {path.name} is not here (ASCRIBE_SHARED)")
    with path.open(encoding="utf-8") as lines:
        fields = {(row["object"], row["field"]) for row in csv.DictReader(lines)}
    line = json.loads(written("plover", attack())[0])
    used = {("record", key) for key in line}
    used |= {("entity", key) for entity in line["actor"] + line["recipient"] for key in entity}
    used |= {(part, key) for part in ("text_info", "cite_info", "event_loc") for key in line[part]}
    assert used <= fields
    assert {("record", name) for name in ("id", "date", "actor", "event")} <= used


def test_codes_of_cameo_are_those_of_the_published_list() -> None:
    path = SHARED / "ontology" / "cameo_codes.csv"
    if not path.is_file():
        pytest.skip("the published list of CAMEO codes is not here (ASCRIBE_SHARED)")
    with path.open(encoding="utf-8") as lines:
        published = {row["code"]: row for row in csv.DictReader(lines)}
    ours = {row["code"]: row for row in rows("cameo")}
    assert ours.keys() == published.keys()
    for code, row in ours.items():
        if published[code]["goldstein_icews"]:
            assert float(row["goldstein"]) == float(published[code]["goldstein_icews"])
    corrected = {code for code, row in ours.items() if row["goldstein_phoenix"]}
    assert corrected == {"016", "124", "1246", "163", "164", "166"}


# ---- CAMEO ----


def test_a_denial_stands_below_zero() -> None:
    assert cameo.goldstein_of("016") == -5
    assert next(row for row in rows("cameo") if row["code"] == "016")["goldstein_phoenix"] == "3.4"


@pytest.mark.parametrize("type", EVENTS)
def test_every_type_and_mode_has_a_code_that_leads_back_to_it(type: str) -> None:
    modes = [row["mode"] for row in rows("modes") if row["type"] == type]
    for mode in (None, *modes):
        code = cameo.code_of(type, mode)
        row = cameo.row_of(code)
        assert row, (type, mode, code)
        assert len(code) >= 3
        shared = {("RETREAT", "080"), ("RETREAT", "083")}  # CAMEO has one root for conceding and for retreating
        assert row["type"] == type or (type, code) in shared, (type, mode, code)
        assert cameo.quad_of(code) in (1, 2, 3, 4)
        assert cameo.goldstein_of(code) <= 0 or cameo.quad_of(code) < 3


def test_every_line_of_cameo_follows() -> None:
    types = {row["type"] for row in rows("plover_types")}
    modes = {(row["type"], row["mode"]) for row in rows("modes")}
    contexts = {row["context"] for row in rows("context_words")}
    for row in rows("cameo"):
        assert row["type"] in types | {""}, row
        assert not row["mode"] or (row["type"], row["mode"]) in modes, row
        assert set(filter(None, row["contexts"].split(";"))) <= contexts, row


def test_every_country_and_sector_follows() -> None:
    states = {row["id"] for row in rows("states")}
    assert {row["id"] for row in rows("country_codes")} <= states
    for scheme in ("iso2", "number", "fips", "cameo"):
        codes = [row[scheme] for row in rows("country_codes") if row[scheme] and row["id"] != "SCG"]
        assert len(set(codes)) == len(codes), scheme
    assert {row["sector"] for row in rows("sector_codes")} <= set(SECTORS)
    kinds = {(row["type"], row["mode"]) for row in rows("modes")} | {(row["type"], "") for row in rows("plover_types")}
    assert {(row["type"], row["mode"]) for row in rows("acled_kinds")} <= kinds


# ---- what becomes of a statement ----


def attack(**given: Any) -> Record:
    """Ruritanian troops shell a town of Graustark, on Monday."""
    told = report(
        "Ruritanian troops shelled Graustark near Edelweiss on Monday.", id="attack", url="https://wire.example/1", **given
    )
    shelled = statement(
        told, "shelled", "ASSAULT", id="00000000000000aa", actors=["Ruritanian troops"], recipients=["Graustark"],
        place="Edelweiss", time="Monday", mode="heavy-weapons", contexts=("military", "territory"),
    )  # fmt: skip
    troops, graustark = shelled.actors[0], shelled.recipients[0]
    assert shelled.place
    assert shelled.time
    known = (
        identity(shelled, "actor", troops, country="RUS", sector="MIL"),
        identity(shelled, "recipient", graustark, entity="JPN", name="Japan", country="JPN", sector="GOV"),
        identity(shelled, "place", shelled.place, entity="geonames:7", name="Edelweiß", country="JPN", lat=-3.5, lon=140.25),
        identity(shelled, "time", shelled.time, earliest="2021-03-08", latest="2021-03-08", granularity="day"),
    )
    return Record(told, (shelled,), known)


EXPECTED = {
    "polecat": {
        "Event ID": "00000000000000aa", "Event Date": "2021-03-08", "Event Type": "ASSAULT", "Event Mode": "heavy-weapons",
        "Intensity": "-9.5", "Quad Code": "4", "Contexts": "military;territory", "Actor Name": "Ruritanian troops",
        "Actor Country": "RUS", "Actor COW": "365", "Primary Actor Sector": "MIL", "Recipient Name": "Japan",
        "Recipient Country": "JPN", "Recipient COW": "740", "Recipient Name Raw": "Graustark", "Placename": "Edelweiß",
        "Country": "JPN", "Latitude": "-3.5", "Longitude": "140.25", "GeoNames ID": "7", "Raw Placename": "Edelweiss",
        "Source": "Strelsau Wire", "Publication Date": "2021-03-08", "Language": "en",
    },
    "icews": {
        "Event ID": "00000000000000aa", "Event Date": "2021-03-08", "Source Sectors": "Military", "Source Country": "Russia",
        "Event Text": "Fight with artillery and tanks", "CAMEO Code": "194", "Intensity": "-10.0", "Target Name": "Japan",
        "Target Sectors": "Government", "Target Country": "Japan", "Story ID": "attack", "Publisher": "Strelsau Wire",
        "Country": "Japan", "Latitude": "-3.5",
    },
    "gdelt": {
        "SQLDATE": "20210308", "MonthYear": "202103", "Year": "2021", "Actor1Code": "RUSMIL", "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "MIL", "Actor2Code": "JPN", "Actor2Name": "Japan", "EventCode": "194", "EventBaseCode": "194",
        "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10.0", "NumMentions": "1", "ActionGeo_Type": "4",
        "ActionGeo_CountryCode": "JA", "ActionGeo_Lat": "-3.5", "SOURCEURL": "https://wire.example/1", "IsRootEvent": "1",
        "DATEADDED": "20210308000000",
    },
    "gdelt-mentions": {
        "MentionType": "1", "MentionIdentifier": "https://wire.example/1", "MentionSourceName": "Strelsau Wire",
        "Actor1CharOffset": "0", "Actor2CharOffset": "26", "ActionCharOffset": "18", "Confidence": "100",
    },
    "phoenix": {
        "story_date": "3/8/2021", "year": "2021", "month": "3", "day": "8", "source": "RUSMIL", "source_root": "RUS",
        "source_agent": "MIL", "target": "JPN", "target_agent": "",
        "cameo_code": "194", "cameo_root": "19", "quad_class": "4",
        "goldstein": "-10.0", "issues": "military,1;territory,1", "country_name": "Japan", "news_sources": "Strelsau Wire",
    },
    "petrarch": {
        "date": "20210308", "source_actor": "RUSMIL", "target_actor": "JPN", "cameo_code": "194", "event_text": "shelled",
        "actor_text_target": "Graustark", "actor_root_source": "RUS", "url": "https://wire.example/1",
    },
    "acled": {
        "event_date": "2021-03-08", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Ruritanian troops", "inter1": "State forces", "inter2": "State forces", "iso": "392", "country": "Japan",
        "interaction": "State forces-State forces", "fatalities": "", "civilian_targeting": "", "source": "Strelsau Wire",
    },
}  # fmt: skip


@pytest.mark.parametrize("format", ROWS)
def test_what_becomes_of_a_statement(format: str) -> None:
    [row] = table(format, attack())
    assert {column: row[column] for column in EXPECTED[format]} == EXPECTED[format]


def test_one_event_in_the_fields_of_plover() -> None:
    line = json.loads(written("plover", attack())[0])
    assert (line["date"], line["event"], line["mode"], line["quad_code"]) == (
        "2021-03-08",
        ["ASSAULT"],
        ["heavy-weapons"],
        4,
    )
    assert line["actor"] == [{"code": "RUS", "sector": "MIL", "entity_text": "Ruritanian troops"}]
    assert line["event_loc"]["geonameid"] == "7"
    assert (line["text_info"]["start"], line["text_info"]["end"]) == (18, 25)


def test_reduced_relations_have_the_quad_class_of_their_data_set() -> None:
    told = report("Ruritania expelled the envoy of Graustark.")
    made = Record(told, (statement(told, "expelled", "SANCTION", actors=["Ruritania"], recipients=["Graustark"]),))
    assert (table("gdelt", made)[0]["QuadClass"], table("phoenix", made)[0]["quad_class"]) == ("4", "3")
    assert table("polecat", made)[0]["Quad Code"] == "4"


def test_who_meets_whom_is_written_both_ways() -> None:
    told = report("Ruritania, Graustark and Syldavia met.")
    met = Record(told, (statement(told, "met", "CONSULT", actors=["Ruritania", "Graustark", "Syldavia"]),))
    pairs = {(row["Actor Name"], row["Recipient Name"]) for row in table("polecat", met)}
    assert len(pairs) == 6
    assert ("Syldavia", "Ruritania") in pairs
    assert len({row["Event ID"] for row in table("polecat", met)}) == 6


# ---- what is no event ----


@pytest.mark.parametrize("format", EVENT_FORMATS)
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"status": "negated"}, "negated"),
        ({"status": "hypothetical"}, "hypothetical"),
        ({"status": "future"}, "future"),
        ({"status": "historical"}, "historical"),
        ({"stance": "denies", "status": "hypothetical"}, "denied"),
        ({"stance": "denies"}, "denied"),
        ({"stance": "hedges"}, "hedged"),
        ({"type": "CLAIM"}, "position"),
        ({"same_as": "another"}, "told again in its report"),
    ],
    ids=str,
)
def test_what_did_not_happen_never_becomes_an_event(format: str, given: dict[str, Any], why: str) -> None:
    told = report("Ruritania attacked Graustark on Monday.")
    time = mention(told, "Monday")
    made = statement(
        told, "attacked", **{"type": "ASSAULT"} | given, actors=["Ruritania"], recipients=["Graustark"], time=time
    )
    when = identity(made, "time", time, earliest="2021-03-08", latest="2021-03-08")
    bytes_, left = written(format, Record(told, (made,), (when,)))
    if format == "plover" and "status" in given and "stance" not in given:
        auxiliary = {"negated": "negation"}.get(why, why)
        assert json.loads(bytes_)["mode"] == [auxiliary]
        assert not left
    else:
        assert left == {why: 1}
        assert bytes_ == written(format)[0]  # as for no record at all


def test_what_has_no_day_or_party_is_left_out_and_counted() -> None:
    told = report("Ruritania attacked.", published=None)
    assert written("icews", Record(told, (statement(told, "attacked", "ASSAULT", actors=["Ruritania"]),)))[1] == {
        "of no known day": 1
    }
    told = report("The attack went on.")
    assert written("icews", Record(told, (statement(told, "attack", "ASSAULT"),)))[1] == {"without a party": 1}
    assert written("plover", Record(told, (statement(told, "attack", "ASSAULT"),)))[1] == {"without an actor": 1}


@settings(max_examples=8, deadline=None)
@given(made=records())
@pytest.mark.parametrize("format", EVENT_FORMATS)
def test_every_statement_is_written_or_counted(format: str, made: Record) -> None:
    text, left = written(format, made)
    if format == "plover":
        kept = {json.loads(line)["id"] for line in text.splitlines()}
    elif format == "ftm":
        entities = [json.loads(line) for line in text.splitlines()]
        kept = {entity["properties"]["recordId"][0] for entity in entities if entity["schema"] == "Event"}
    else:
        rows_of = table(format, made)
        ids = {
            number_of(f"{each.id}{n}"): each.id for each in made.statements for n in ("", *(f"-{k}" for k in range(1, 10)))
        }
        if format in ("petrarch", "gdelt-mentions"):
            assert len(rows_of) >= (sum(left.values()) < len(made.statements))
            return
        column = columns_of(format)[0]
        kept = {row[column] for row in rows_of}
        kept = {ids[int(id)] for id in kept} if format == "gdelt" else {_whole(id, made) for id in kept}
    assert len(kept) + sum(left.values()) == len(made.statements)


def _whole(id: str, made: Record) -> str:
    own = [each.id for each in made.statements]
    guarded = [f"'{each}" for each in own]
    found = [each for each in own + guarded if id == each or id.startswith(f"{each}-")]
    return max(found, key=len).removeprefix("'") if found else id


# ---- there and back ----

HARD = [
    "tab\there",
    'a "quoted" one',
    "'single",
    "two\nlines",
    "carriage\rreturn",
    "=SUM(A1)",
    "-minus",
    "北京 外交部",
    "naïve ‐ Ñ",
    "+1",
]


def named(name: str) -> Record:
    told = report(f"Then {name} attacked Graustark.", id="hard")
    made = statement(told, "attacked", "ASSAULT", actors=[name], recipients=["Graustark"])
    return Record(told, (made,), (identity(made, "actor", made.actors[0], name=name, country="JPN", sector="MIL"),))


def back(format: str, bytes_: bytes, folder: Path) -> list[Record]:
    path = folder / "file"
    path.write_bytes(bytes_)
    read = format_of(format).read
    assert read
    found = list(read(str(path)))
    assert all(isinstance(each, Record) for each in found), found
    return [each for each in found if isinstance(each, Record)]


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt"])
def test_hard_names_come_back(format: str, name: str, tmp_path: Path) -> None:
    bytes_, _ = written(format, named(name))
    [made] = back(format, bytes_, tmp_path)
    bare = " ".join(name.split()) if format == "gdelt" else name
    assert made.statements[0].actors[0].text == bare
    assert made.identities[0].name == bare
    assert made.identities[0].country == "JPN"
    assert made.statements[0].actors[0].span.of(made.report.text) == bare


@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt"])
def test_ids_days_codes_and_places_come_back(format: str, tmp_path: Path) -> None:
    first, _ = written(format, attack())
    made = back(format, first, tmp_path)
    again, left = written(format, *made)
    assert not left
    dropped = {
        "polecat": {"Actor Name Raw", "Recipient Name Raw", "Raw Placename", "GeoNames ID", "Version", "Language"},
        "icews": {"Story ID", "Sentence Number"},
        "gdelt": {"ActionGeo_FeatureID", "IsRootEvent"},
    }[format]
    if format == "icews":
        dropped |= {"City"}
    path = [table_of(format, each) for each in (first, again)]
    for one, other in zip(*path, strict=True):
        kept = {c: v for c, v in one.items() if c not in dropped}
        assert {c: other[c] for c in kept} == kept


def table_of(format: str, bytes_: bytes) -> list[dict[str, str]]:
    lines = csv.reader(io.StringIO(bytes_.decode(), newline=""), delimiter="\t")
    cells = list(lines)
    if format in HEADED:
        cells = cells[1:]
    return [dict(zip(columns_of(format), row, strict=True)) for row in cells]


@settings(max_examples=25, deadline=None)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda t: t.strip() == t and t)
)
def test_whatever_is_written_for_polecat_has_forty_columns_and_the_name(name: str) -> None:
    told = report(f"Then {name} attacked Graustark.", id="any")
    made = statement(told, "attacked", "ASSAULT", actors=[mention(told, name)], recipients=["Graustark"])
    [row] = table("polecat", Record(told, (made,)))
    assert (
        row["Actor Name"].removeprefix("'" if row["Actor Name"].startswith("'") and not name.startswith("'") else "") == name
    )


# ---- graphs ----


def graph(*made: Record) -> dict[str, dict[str, Any]]:
    document = json.loads(written("jsonld", *made)[0])
    assert set(document) == {"@context", "@graph"}
    prefixes = {key for key in document["@context"] if ":" not in key}
    for node in document["@graph"]:
        assert {key.partition(":")[0] for key in node if not key.startswith("@")} <= prefixes
    return {node["@id"]: node for node in document["@graph"]}


def chained(*, quoted: bool) -> Record:
    told = report("Graustark offers a loan, the Zenda Courier reported, citing an envoy.", published="2021-03-08")
    chain = (source(told, "Zenda Courier", "reported"), source(told, "envoy", "citing", kind="person", named=False))
    return Record(told, (statement(told, "offers", actors=["Graustark"], chain=chain, quoted=quoted, status="negated"),))


@pytest.mark.parametrize("quoted", [True, False])
def test_a_chain_runs_from_the_publisher_to_the_one_who_knows(quoted: bool) -> None:
    made = chained(quoted=quoted)
    nodes = graph(made)
    claim = nodes[f"urn:ascribe:statement:{made.statements[0].id}"]
    assert claim["@type"] == ["prov:Entity", "schema:Claim"]
    assert nodes[claim["prov:wasAttributedTo"]]["schema:name"] == "Strelsau Wire"
    first = nodes[claim["prov:wasDerivedFrom"]]
    assert nodes[first["prov:wasAttributedTo"]]["schema:name"] == "Zenda Courier"
    last = nodes[first["prov:wasQuotedFrom" if quoted else "prov:wasDerivedFrom"]]
    agent = nodes[last["prov:wasAttributedTo"]]
    assert (agent["schema:name"], agent["ascribe:named"]) == ("envoy", False)
    assert not {"prov:wasQuotedFrom", "prov:wasDerivedFrom"} & last.keys()
    assert (claim["ascribe:status"], claim["oa:hasSelector"]["oa:exact"]) == ("negated", "offers")


@settings(max_examples=8, deadline=None)
@given(made=records())
def test_a_graph_has_every_statement_and_no_loose_end(made: Record) -> None:
    nodes = graph(made)
    assert sum("schema:Claim" in node["@type"] for node in nodes.values()) == len(made.statements)
    for node in nodes.values():
        for key in ("prov:wasAttributedTo", "prov:wasDerivedFrom", "prov:wasQuotedFrom", "schema:appearance"):
            assert node.get(key) is None or node[key] in nodes


def test_the_graph_is_rdf() -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    read = rdflib.Graph().parse(data=written("jsonld", chained(quoted=True), attack())[0], format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert len(list(read.subject_objects(prov.wasQuotedFrom))) == 1
    assert len(list(read.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim")))) == 2


FTM_PROPERTIES = {
    "Article": {"title", "publisher", "publishedAt", "sourceUrl", "messageId"},
    "Event": {"name", "summary", "keywords", "recordId", "involved", "location", "country", "sourceUrl", "publisher",
              "proof", "date", "startDate", "endDate"},
}  # fmt: skip


def test_entities_point_to_each_other() -> None:
    entities = {entity["id"]: entity for entity in map(json.loads, written("ftm", attack())[0].splitlines())}
    event = next(entity for entity in entities.values() if entity["schema"] == "Event")["properties"]
    parties = [entities[id] for id in event["involved"]]
    assert [(party["schema"], party["properties"]["country"]) for party in parties] == [
        ("LegalEntity", ["ru"]),
        ("PublicBody", ["jp"]),
    ]
    assert entities[event["proof"][0]]["schema"] == "Article"
    assert event["name"] == ["Ruritanian troops ASSAULT Japan"]
    for entity in entities.values():
        assert set(entity["properties"]) <= FTM_PROPERTIES.get(entity["schema"], {"name", "country"})


@pytest.mark.parametrize(
    ("published", "written_as"),
    [("2021", "2021"), ("2021-03-08T21:30:00+08:00", "2021-03-08T13:30:00"), ("2021-03-08T21:30:00", "2021-03-08T21:30:00")],
)
def test_times_of_entities_are_of_utc(published: str, written_as: str) -> None:
    told = report("Ruritania attacked Graustark on Monday.", published=published)
    time = mention(told, "Monday")
    made = statement(told, "attacked", "ASSAULT", actors=["Ruritania"], time=time)
    when = identity(made, "time", time, earliest="2021-03-08", latest="2021-03-08")
    article = json.loads(written("ftm", Record(told, (made,), (when,)))[0].splitlines()[0])
    assert article["properties"]["publishedAt"] == [written_as]


def test_entities_are_valid_for_followthemoney() -> None:
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed").model
    for line in written("ftm", attack(), record(published="2021-03-08T21:30:00+08:00"))[0].splitlines():
        told = json.loads(line)
        entity = model.make_entity(told["schema"])
        for name, values in told["properties"].items():
            entity.add(name, values)
            assert sorted(entity.get(name)) == sorted(values), name  # no value is cleaned away or changed


# ---- the registry ----


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_what_it_is_called(name: str) -> None:
    format = format_of(name)
    assert isinstance(format, Format)
    assert format.name == name
    assert bool(format.read) == bool(format.fits) == (name in READABLE)


def test_other_packages_bring_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    from ascribe.view.exports import registry

    def brought_in(*, group: str, name: str) -> Iterator[Any]:
        assert group == "ascribe.exports"
        if name == "counts":
            yield type("Point", (), {"load": lambda self: Format("counts", "one number", write_count)})()

    monkeypatch.setattr(registry, "entry_points", brought_in)
    assert written("counts", record())[0] == b"1"


def write_count(made: Any, out: io.BytesIO) -> Any:
    from ascribe.view.exports import Left

    out.write(str(len(list(made))).encode())
    return Left()
