"""Documents that people wrote, judged line by line as they stand."""
