"""A small campaign played from beginning to end, so that every role finds real content.

The officers, their abilities and their runs are drawn from one seed; everything else happens as it would: the
staff list is an xlsx, the tests go through the served site, results are entered by one and confirmed by
another, and the commissions vote.
"""
