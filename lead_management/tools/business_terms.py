"""Words of business in other scripts, and what they are in English. Pure Python.

Written as `account_key` leaves them. They are what such words are mostly called in the
English names of companies: 銀行 is "bank". No names of companies are among them.
"""


def terms(text: str) -> dict[str, str]:
    """Return what words mean, of lines of a meaning and the words for it."""
    found: dict[str, str] = {}
    for line in text.strip().splitlines():
        english, *words = line.split("|")
        for word in words:
            found[word.strip().casefold()] = english.strip()
    return found


# Parted by spaces
SPACED = terms(
    """
    airlines | авиалинии | авиакомпания | αερογραμμες | एयरलाइंस | طيران | الطيران
    airways | الخطوط الجوية | الجوية | איירווייז
    america | америка | америки | αμερικη | أمريكا | אמריקה | अमेरिका
    associates | ассоциация | एसोसिएट्स
    auto | авто | ऑटो
    bank | банк | банка | τραπεζα | بنك | البنك | مصرف | المصرف | בנק | बैंक
    beer | пиво
    broadcasting | телерадио
    building | стройка | строй | בנייה
    capital | капитал | кепитал | كابيتال | कैपिटल
    cement | цемент | τσιμεντα | τσιμεντο | أسمنت | اسمنت | الاسمنت | सीमेंट
    central | центральный | سنترال | सेंट्रल
    chemical | химия | химический | χημικα | كيماويات | केमिकल | केमिकल्स
    communications | связь | تقשורת | תקשורת | الاتصالات | اتصالات | επικοινωνιες
    communications | телекоммуникации | телекомуникации | टेलीकॉम | कम्युनिकेशंस
    company | компания | компании | компанія | εταιρεια | الشركة | חברה | חברת | कंपनी
    computers | компьютеры | υπολογιστες | מחשבים | كمبيوتر
    construction | строительство | строительная | κατασκευες | مقاولات | للمقاولات
    construction | कंस्ट्रक्शन
    consulting | консалтинг | ייעוץ | استشارات
    corporation | корпорация | корпорація | कॉर्पोरेशन
    data | данные | डेटा
    development | развитие | αναπτυξη | التطوير | للتطوير | פיתוח | डेवलपमेंट
    development | ντιβελοπμεντ | девелопмент
    electric | электро | ηλεκτρικη | كهرباء | الكهرباء | חשמל | इलेक्ट्रिक
    electronics | электроника | ηλεκτρονικα | إلكترونيات | الكترونيات | אלקטרוניקה
    electronics | इलेक्ट्रॉनिक्स
    energy | энергия | энерго | энергетика | ενεργεια | ενεργειακη | طاقة | الطاقة
    energy | אנרגיה | ऊर्जा | एनर्जी
    engineering | инжиниринг | инженерия | הנדסה | هندسة | इंजीनियरिंग
    enterprises | предприятие | επιχειρησεις | एंटरप्राइजेज
    factory | завод | фабрика
    finance | финанс | финансы | χρηματοδοτηση | تمويل | التمويل | फाइनेंस | מימון
    foods | продукты | τροφιμα | أغذية | الأغذية | מזון | फूड्स
    gas | газ | αεριο | غاز | الغاز | גז | गैस
    general | γενικη | العامة | כללית
    group | группа | групп | группы | група | ομιλος | مجموعة | المجموعة | קבוצה | קבוצת
    group | גרופ | ग्रुप | समूह
    health | здоровье | υγεια | صحة | الصحية | בריאות | हेल्थ
    holding | холдинг | χολντινγκ | القابضة | קבוצת אחזקות | אחזקות | होल्डिंग्स
    hotels | отели | гостиницы | ξενοδοχεια | فنادق | الفنادق | מלונות | होटल | होटल्स
    industries | промышленность | индустрия | βιομηχανια | βιομηχανιες | صناعات
    industries | الصناعات | للصناعات | תעשיות | इंडस्ट्रीज | उद्योग
    insurance | страхование | страховая | ασφαλιστικη | ασφαλειες | تأمين | التأمين
    insurance | للتأمين | ביטוח | बीमा | इंश्योरेंस
    international | интернешнл | международный | международная | διεθνης | الدولية
    international | العالمية | בינלאומי | इंटरनेशनल
    investment | инвестиции | инвест | επενδυσεις | استثمار | الاستثمار | للاستثمار
    investment | השקעות | इन्वेस्टमेंट
    lab | лаборатория | εργαστηριο | מעבדות
    life | жизнь | ζωη | लाइफ
     | लिमिटेड | प्राइवेट लिमिटेड
    logistics | логистика | λοτζιστικ | لوجستيات | לוגיסטיקה | लॉजिस्टिक्स
    marketing | маркетинг | للتسويق | التسويق | שיווק | मार्केटिंग
    media | медиа | मीडिया
    metal | металл | μεταλλα | معادن
    motor | мотор | μοτορ | موتورز | मोटर | मोटर्स
    national | национальный | национальная | εθνικη | الوطني | الوطنية | לאומית
    national | राष्ट्रीय | नेशनल
    oil | نفط | النفط | נפט | तेल
    oil | οιλ | ऑयल
    partners | партнеры | партнери | партнер | פרטנר
    petroleum | πετρελαια | πετρελαιο | البترول | петролеум | पेट्रोलियम | بترول
    pharmaceuticals | фармацевтика | фарма | φαρμακα | φαρμακευτικη | فارما | أدوية
    pharmaceuticals | פרמצבטיות | פארמה | फार्मा | फार्मास्युटिकल्स
    products | продукция | προιοντα | منتجات | מוצרים | प्रोडक्ट्स
    properties | недвижимость | ακινητα | العقارية | عقارات | נכסים | נדל | प्रॉपर्टीज
    railways | железные дороги | железная дорога | σιδηροδρομοι | रेलवे
    russian | российские | российская | российский | русский | русская
    russia | россии | россия
    greece | ελλαδος | ελλαδας | ελλας
    hellenic | ελληνικα | ελληνικη | ελληνικος | ελληνικες
    ukraine | украина | україни | україна
    kuwait | الكويت
    saudi | السعودية | السعودي
    qatar | قطر
    qatar | القطرية
    emirates | الإمارات | الامارات
    israel | ישראל
    india | भारत | भारतीय | इंडिया
    state | स्टेट | государственный
    security | безопасность | ασφαλεια | أمن | אבטחה
    services | услуги | сервис | υπηρεσιες | خدمات | الخدمات | שירותים | सर्विसेज
    shipping | судоходство | ναυτιλιακη | الملاحة | ספנות
    software | софт | программы | תוכנה | برمجيات | सॉफ्टवेयर
    solutions | решения | λυσεις | حلول | פתרונות | सॉल्यूशंस
    steel | сталь | χαλυβας | الصلب | للصلب | حديد | פלדה | स्टील | इस्पात
    systems | системы | система | συστηματα | أنظمة | מערכות | सिस्टम्स
    technologies | технологии | технологія | τεχνολογια | τεχνολογιες | تقنية | التقنية
    technologies | تكنولوجيا | טכנולוגיות | टेक्नोलॉजीज | टेक
    telecom | телеком | τηλεπικοινωνιες | टेलीकॉम
    trading | торговля | торговый | εμπορικη | للتجارة | التجارية | מסחר | ट्रेडिंग
    transport | транспорт | μεταφορες | نقل | النقل | תחבורה | ट्रांसपोर्ट
    united | объединенный | ενωμενη | المتحدة | יונייטד
    university | университет | πανεπιστημιο | جامعة | אוניברסיטה | विश्वविद्यालय
    of | της | του | των
     | एंड | और
    wine | вино | κρασι
    """
)

# Written together with what they belong to
GLUED = terms(
    """
    airlines | 航空 | 항공
    airways | การบิน
    asset management | 资产管理 | 資產管理
    auto | 汽车 | 汽車
    bank | 银行 | 銀行 | 은행 | 뱅크 | バンク | ธนาคาร
    bearing | 轴承
    beverage | 饮料 | 음료 | เบฟเวอเรจ
    biotechnology | 生物科技 | 生物 | 바이오
    broadcasting | 放送 | 방송
    building materials | 建材
    capital | 资本 | 資本 | キャピタル | 캐피탈 | แคปปิตอล
    cement | 水泥 | セメント | 시멘트 | ซีเมนต์
    central | セントラル | 센트럴 | เซ็นทรัล
    chemical | 化学 | 化學 | 化工 | 화학 | เคมิคอล
    commercial | 商业 | 상업
    communications | 通信 | 通讯 | 통신
    construction | 建设 | 建設 | 建筑 | 건설 | ก่อสร้าง
    credit | 信用 | 신용
    department store | 百货 | 百貨 | 백화점
    design | 设计
    development | 开发 | 開發 | 開発 | 개발 | พัฒนา
    education | 教育 | 교육
    electric | 电气 | 電気 | 电器 | 電器 | 전기 | 電機 | ไฟฟ้า
    electric power | 电力 | 電力 | 전력
    electronics | 电子 | 電子 | 전자 | エレクトロニクス | อิเล็กทรอนิกส์
    energy | 能源 | エナジー | 에너지 | พลังงาน | เอ็นเนอร์ยี่
    engineering | 工程 | エンジニアリング | 엔지니어링 | วิศวกรรม
    enterprises | 企业 | 企業
    entertainment | 娱乐 | エンターテインメント | 엔터테인먼트
    finance | 金融 | 금융 | ファイナンス
    fire insurance | 화재
    foods | 食品 | 식품 | フーズ | 푸드 | อาหาร
    gas | 燃气 | 天然气 | ガス | 가스 | แก๊ส
    general | 综合 | 総合 | 종합
    group | 集团 | 集團 | グループ | 그룹 | กรุ๊ป
    heavy industries | 重工业 | 重工業 | 重工 | 중공업
    holdings | 控股 | ホールディングス | 홀딩스 | โฮลดิ้ง | โฮลดิ้งส์
    home | 住宅 | ホーム | โฮม
    hotels | 酒店 | ホテル | 호텔 | โรงแรม
    industrial commercial | 工商
    industries | 工业 | 工業 | 産業 | 产业 | 산업 | 실업 | อุตสาหกรรม
    innovation | 创新
    insurance | 保险 | 保險 | 保険 | 보험 | ประกันภัย
    international | 国际 | 國際 | 国際 | インターナショナル | 인터내셔널
    international | อินเตอร์เนชั่นแนล | 국제
    internet | 互联网 | インターネット
    investment | 投资 | 投資 | 투자 | การลงทุน
    land | 地产 | 地產
    life insurance | 人寿 | 生命 | 생명 | ประกันชีวิต
    logistics | 物流 | 물류 | โลจิสติกส์
    machinery | 机械 | 機械 | 기계
    manufacturing | 制造 | 製造 | 製作所 | 제조
    materials | 材料 | 소재
    media | 传媒 | メディア | 미디어
    medical | 医疗 | 醫療 | 医療 | メディカル | 메디칼
    metal | 金属 | 金屬 | 금속
    mining | 矿业 | 礦業 | 鉱業
    mobile | 移动 | 移動 | モバイル | 모바일
    motor | 自動車 | 자동차 | 電動機 | 発動機 | 모터스 | モーター | มอเตอร์
    network | 网络 | 網路 | ネットワーク | 네트웍스
    oil | 오일 | น้ำมัน | ออยล์
    paper | 纸业 | 製紙 | 제지
    petroleum | 石油 | 석유
    petrochemical | 石化 | 석유화학
    pharmaceutical | 医药 | 製薬 | 制药 | 藥業 | 药业 | 제약 | ファーマ
    power | パワー | 파워 | เพาเวอร์
    precision | 精密 | 정밀
    properties | 置业 | 不動産 | 房地产 | 부동산 | พร็อพเพอร์ตี้
    railway | 铁路 | 鉄道 | 旅客鉄道 | 철도
    resources | 资源 | 資源 | 자원
    retail | 零售 | リテール | 리테일
    science | 科学
    securities | 证券 | 證券 | 証券 | 증권
    semiconductor | 半导体 | 半導體 | 半導体 | 반도체
    services | 服务 | サービス | 서비스 | เซอร์วิส
    shipbuilding | 造船 | 조선해양
    shipping | 海运 | 海運 | 해운
    shopping | 購物 | 购物 | ショッピング | 쇼핑
    smart | 智能
    sports | 体育 | 體育 | スポーツ | 스포츠
    software | 软件 | 軟體 | ソフトウェア | 소프트웨어
    steel | 钢铁 | 鋼鐵 | 製鉄 | 鉄鋼 | 제철 | 철강 | 스틸 | สตีล
    systems | 系统 | システム | システムズ | 시스템 | 시스템즈
    technologies | 技术 | 技術 | テクノロジー | テクノロジーズ | テック | 테크
    technologies | 테크놀로지 | 기술 | เทคโนโลยี
    technology | 科技 | 과학기술
    telecom | 电信 | 電信 | テレコム | 텔레콤 | เทเลคอม
    tire | タイヤ | 타이어 | ยาง
    trading | 贸易 | 商事 | 貿易 | 무역 | 상사
    transport | 运输 | 運輸 | 운수 | ขนส่ง
    works | 製作
    china | 中国 | 中國
    japan | 日本
    tokyo | 東京
    beijing | 北京
    shanghai | 上海
    changsha | 长沙
    chengdu | 成都
    chongqing | 重庆
    dalian | 大连
    dongguan | 东莞
    foshan | 佛山
    fujian | 福建
    guangdong | 广东
    guangzhou | 广州
    hangzhou | 杭州
    hebei | 河北
    hefei | 合肥
    henan | 河南
    hubei | 湖北
    hunan | 湖南
    jiangsu | 江苏
    jinan | 济南
    nanjing | 南京
    ningbo | 宁波
    qingdao | 青岛
    shandong | 山东
    shenzhen | 深圳
    sichuan | 四川
    suzhou | 苏州
    tianjin | 天津
    wuhan | 武汉
    wuxi | 无锡
    xiamen | 厦门
    zhejiang | 浙江
    zhuhai | 珠海
    osaka | 大阪
    kyoto | 京都
    nagoya | 名古屋
    seoul | 서울
    busan | 부산
    hong kong | 香港
    taiwan | 台湾 | 台灣 | 臺灣
    korea | 한국
    korean | 대한
    bangkok | กรุงเทพ
    thai | ไทย | 타이
    """
)
