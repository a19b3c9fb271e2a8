"""Files of organisations and people, as spreadsheets write them: read, tried without writing, written by workers."""
