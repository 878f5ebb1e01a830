from . import test_livechat_door
from . import test_livechat_house
