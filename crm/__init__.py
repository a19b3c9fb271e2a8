"""Who buys: organisations, their people, what they asked, and how far they are on the way to being clients."""
