"""One file a format. Each has `read`: something given in, reports and what was wrong out (`ascribe.gather.reader`)."""
