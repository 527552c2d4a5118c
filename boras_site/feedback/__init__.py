"""What readers send: faults they report, and whether a page helped. Anonymous, without cookies."""
