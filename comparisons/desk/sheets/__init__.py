"""Figures as a sheet: what stands in its cells, what is written into them, and how it is kept."""
