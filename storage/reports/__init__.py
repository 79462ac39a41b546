"""Reports' SQL: cells of hours and days, the lists behind figures, saved reports and exports."""
