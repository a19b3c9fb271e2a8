"""After a contract: the data given back, the transition to another hoster, their erasure and its certificate."""
