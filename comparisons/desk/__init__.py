"""What editors see in the admin beside Wagtail's own screens."""
