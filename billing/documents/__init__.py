"""The only place that makes PDF files: from a frozen row to bytes on the disk, once."""
