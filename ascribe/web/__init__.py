"""A dossier in, a desk in the browser out: pages that show who did what to whom and on whose word, without a script.

request ──▶ safety ──▶ asked ──▶ pages (figures, text, charts, names) ──▶ templates, JSON or CSV
                              └▶ adding ──▶ the dossier
"""

from ascribe.web.app import desk
from ascribe.web.safety import Settings
from ascribe.web.serving import serve

__all__ = ["Settings", "desk", "serve"]
