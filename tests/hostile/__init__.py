"""Files that nobody should send and somebody will, made by code."""
