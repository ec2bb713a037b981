"""The names under which the web asks for what is in exports/."""

from ascribe.view.exports import export
from ascribe.view.exports.statements import answer_json, json_line, write_answers

__all__ = ["answer_json", "export", "json_line", "write_answers"]
