"""Links that lead nowhere: found by ``check_links`` from cron, on the work list until they are mended."""
