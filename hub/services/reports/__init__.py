"""Reports: counting cells, making dashboards of them, lists, files and mails."""
