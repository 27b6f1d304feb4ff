"""What the desk's own pages read: each module answers one page's question in a few statements, whatever the size of the books."""
