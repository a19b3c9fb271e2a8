"""How people come: encounters, calls for projects, partners, wishes, and the origin of every organisation."""
