"""A lead's life: what people do with leads, and what must hold whatever they do.

* `world`: who and what is there before a life begins;
* `steps`: how one of the people does something, and how that is told;
* `checks`: what holds after each step, and at the end;
* `machine`: what they do.
"""
