"""An indicator's link to Kolada in the admin: a panel in its form, a screen to choose the KPI."""
