"""Take the directory's data away, and build on it: the API, downloads and feeds.

``parameters`` reads an address, ``answers`` gives every answer its headers, its errors and its place in memory,
``records`` says what is told of a thing and ``schemas`` says the same to machines. Everything is asked of the same public
QuerySets and the same index as the pages: what is hidden there has no other way out.
"""
