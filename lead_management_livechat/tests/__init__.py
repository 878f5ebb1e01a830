from . import test_livechat_door
