"""How fast and how big: programs that measure and print JSON. Figures are medians; these are no tests."""
